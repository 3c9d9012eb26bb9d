'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { Page } from '#components/layout/page.tsx';
import { PageHeader, SectionHeader } from '#components/ui/page-header.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { ConnectPanel } from './connect-panel.tsx';
import { MyApiKeys } from './my-api-keys.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { useMe } from './use-me.ts';
import { useMounted } from './use-mounted.ts';

/** Everything about the one who is signed in. */
export function MySettingsScreen() {
  const me = useMe();
  if (!me) return null;
  return (
    <Page width="form" crumbs={[{ label: 'Your settings' }]}>
      <PageHeader
        title="Your settings"
        meta={[me.username, ...(me.email ? [me.email] : []), me.instanceAdmin ? 'instance admin' : 'user']}
      />
      <section>
        <SectionHeader title="Profile" className="pt-2!" />
        <ProfileForm me={me} />
      </section>
      <section>
        <SectionHeader title="Password" />
        <PasswordForm />
      </section>
      <MyApiKeys level={2} entity={me.username} />
      <section>
        <SectionHeader title="Connect" note="with one of your keys" />
        <ConnectPanel entity={me.username} />
      </section>
      <section>
        <SectionHeader title="Theme" note="in this browser" />
        <ThemeChoice />
      </section>
    </Page>
  );
}

const THEMES = [
  { value: 'system', label: 'As the system', icon: <Monitor /> },
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
];

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  // The server cannot know what this browser chose.
  const known = useMounted() ? theme : undefined;
  return <RadioGroup aria-label="Theme" value={known ?? ''} onChange={setTheme} options={THEMES} />;
}
