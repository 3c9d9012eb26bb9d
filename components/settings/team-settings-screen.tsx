'use client';

import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { IntegrationTab } from '#components/integrations/integration-screen.tsx';
import { Page } from '#components/layout/page.tsx';
import { SettingsLayout } from '#components/layout/settings-layout.tsx';
import { MenuItem } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { integrationQueries } from '#lib/client/integrations.ts';
import { auditPath, organizationQueries } from '#lib/client/organizations.ts';
import { sessionQueries } from '#lib/client/session.ts';
import { pagePaths, type TeamSection } from '#lib/domain/page-paths.ts';
import { judge, roleMay } from '#lib/domain/permissions.ts';
import { SectionRefused } from './section-refused.tsx';
import { mayOpen, type Owner, TEAM_SECTIONS } from './team-sections.tsx';

const WebhooksSection = dynamic(() => import('./webhooks-section.tsx').then((module) => module.WebhooksSection));
const SlackSection = dynamic(() => import('./slack-section.tsx').then((module) => module.SlackSection));
const SecretsSection = dynamic(() => import('./secrets-section.tsx').then((module) => module.SecretsSection));
const MembersSection = dynamic(() => import('./members-section.tsx').then((module) => module.MembersSection));
const ConnectSection = dynamic(() => import('./connect-section.tsx').then((module) => module.ConnectSection));
const AuditSection = dynamic(() => import('./audit-section.tsx').then((module) => module.AuditSection));
const ApiKeysSection = dynamic(() => import('./api-keys-section.tsx').then((module) => module.ApiKeysSection));
const IntegrationScreen = dynamic(() =>
  import('#components/integrations/integration-screen.tsx').then((module) => module.IntegrationScreen),
);
const DeleteTeam = dynamic(() => import('./delete-team.tsx').then((module) => module.DeleteTeam));

const ROLE_WORDS = {
  admin: 'you are an admin',
  member: 'you are a member',
  viewer: 'you are a viewer',
  restricted_viewer: 'you are a viewer',
};

interface TeamSettingsProps {
  owner: Owner;
  section: TeamSection;
  /** One webhook or Slack channel of the section. */
  integration?: { kind: 'webhook' | 'slack'; id: string; tab: IntegrationTab };
}

/** Settings of a team or of a personal space, one section at a time. */
export function TeamSettingsScreen({ owner, section, integration }: TeamSettingsProps) {
  const { name, kind, role } = owner;
  const [deleting, setDeleting] = useState(false);
  const current = TEAM_SECTIONS.find(({ id }) => id === section)!;
  const members = useQuery({ ...organizationQueries.members({ kind: 'team', name }), enabled: kind === 'team' }).data?.items.length;
  const counts = useCounts(owner);
  const integrationName = useIntegrationName(name, integration);
  const title = kind === 'team' ? 'Team settings' : 'Settings of your space';
  const mayDelete = kind === 'team' && judge({ role, manages: role === null }, 'entities:delete') === 'allowed';
  return (
    <Page
      crumbs={[
        { label: name, href: `/projects?entity=${encodeURIComponent(name)}` },
        { label: title, href: pagePaths.teamSettings(name) },
        ...(integration
          ? [{ label: current.label, href: pagePaths.teamSettings(name, section) }, { label: integrationName ?? integration.id }]
          : [{ label: current.label }]),
      ]}
    >
      <PageHeader
        title={title}
        meta={[
          name,
          ...(members === undefined ? [] : [members === 1 ? '1 member' : `${members} members`]),
          kind === 'user' ? 'personal' : role ? ROLE_WORDS[role] : 'you manage it without being a member',
        ]}
        menu={
          mayDelete && (
            <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(true)}>
              Delete team
            </MenuItem>
          )
        }
      />
      <SettingsLayout
        label={title}
        sections={TEAM_SECTIONS.filter((each) => mayOpen(owner, each)).map(({ id, label, icon }) => ({
          href: pagePaths.teamSettings(name, id),
          label,
          icon,
          count: id === 'members' ? members : counts[id],
        }))}
      >
        {mayOpen(owner, current) ? (
          integration ? (
            <IntegrationScreen owner={owner} {...integration} />
          ) : (
            <SectionBody owner={owner} section={section} />
          )
        ) : (
          <SectionRefused group={{ kind: 'team', name }} section={current} />
        )}
      </SettingsLayout>
      {deleting && <DeleteTeam name={name} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

function SectionBody({ owner, section }: { owner: Owner; section: TeamSection }) {
  switch (section) {
    case 'members':
      return <MembersSection group={{ kind: 'team', name: owner.name }} role={owner.role} manages={owner.role === null} />;
    case 'secrets':
      return <SecretsSection owner={owner} />;
    case 'webhooks':
      return <WebhooksSection owner={owner} />;
    case 'slack':
      return <SlackSection owner={owner} />;
    case 'api-keys':
      return <ApiKeysSection owner={owner} />;
    case 'connect':
      return <ConnectSection owner={owner} />;
    case 'audit-log':
      return <AuditSection of={owner.name} path={auditPath({ kind: 'team', name: owner.name })} />;
  }
}

/** For the crumb; from the list that the page has read anyway. */
function useIntegrationName(team: string, integration: TeamSettingsProps['integration']): string | undefined {
  const webhooks = useQuery({ ...integrationQueries.webhooks(team), enabled: integration?.kind === 'webhook' }).data?.items ?? [];
  const channels = useQuery({ ...integrationQueries.slackChannels(team), enabled: integration?.kind === 'slack' }).data?.items ?? [];
  return [...webhooks, ...channels].find(({ id }) => id === integration?.id)?.name;
}

/** How many there are in each section, as far as the reader may know. */
function useCounts({ name, kind, role }: Owner): Partial<Record<TeamSection, number>> {
  const lists = roleMay(role, 'integrations:list');
  const secrets = useQuery({ ...integrationQueries.secrets(name), enabled: roleMay(role, 'secrets:list_names') });
  const webhooks = useQuery({ ...integrationQueries.webhooks(name), enabled: lists });
  const slack = useQuery({ ...integrationQueries.slackChannels(name), enabled: lists });
  const mayManageKeys = kind === 'team' && roleMay(role, 'keys:others');
  const keys = useQuery({ ...sessionQueries.apiKeys(name), enabled: mayManageKeys });
  const mine = useQuery({ ...sessionQueries.apiKeys(), enabled: kind === 'team' });
  return {
    secrets: secrets.data?.items.length,
    webhooks: webhooks.data?.items.length,
    slack: slack.data?.items.length,
    'api-keys': mine.data && (keys.data || !mayManageKeys) ? mine.data.items.length + (keys.data?.items.length ?? 0) : undefined,
  };
}
