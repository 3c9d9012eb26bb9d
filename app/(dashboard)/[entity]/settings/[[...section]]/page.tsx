import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Prefetched, readOnServer } from '#app/server/prefetch.tsx';
import type { IntegrationTab } from '#components/integrations/integration-screen.tsx';
import { mayOpen, type Owner, TEAM_SECTIONS } from '#components/settings/team-sections.tsx';
import { TeamSettingsScreen } from '#components/settings/team-settings-screen.tsx';
import { deadLetterQueries } from '#lib/client/dead-letters.ts';
import { integrationQueries } from '#lib/client/integrations.ts';
import { auditPath, organizationQueries } from '#lib/client/organizations.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { sessionQueries } from '#lib/client/session.ts';
import { targetHealthQuery } from '#lib/client/target-health.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { foldName } from '#lib/domain/names.ts';
import { pagePaths, type TeamSection } from '#lib/domain/page-paths.ts';

type Props = { params: Promise<{ entity: string; section?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { entity, section } = await params;
  const label = TEAM_SECTIONS.find(({ id }) => id === section?.[0])?.label ?? 'Settings';
  return { title: `${label} of ${decodeURIComponent(entity)}` };
}

export default async function TeamSettingsPage({ params }: Props) {
  const { entity, section: rest } = await params;
  const name = decodeURIComponent(entity);
  const me = await readOnServer<MeView>(sessionQueries.me());
  const mine = me?.entities.find((each) => foldName(each.name) === foldName(name));
  if (mine?.kind === 'organization') redirect(pagePaths.organizationSettings(mine.name));
  const owner: Owner = { name: mine?.name ?? name, kind: mine?.kind === 'user' ? 'user' : 'team', role: mine?.role ?? null };
  const section = TEAM_SECTIONS.find(({ id }) => id === rest?.[0]);
  if (!rest) redirect(pagePaths.teamSettings(owner.name, TEAM_SECTIONS.find((each) => mayOpen(owner, each))!.id));
  const integration = rest && integrationAt(rest);
  if (!section || integration === null || (owner.kind === 'user' && section.teamsOnly)) notFound();

  const team = owner.kind === 'team';
  const subject = integration ? subjectOf(owner.name, integration) : team ? organizationQueries.team(owner.name) : undefined;
  return (
    <Prefetched subject={subject} also={[...listsOf(section.id, owner), ...(integration ? integrationFirst(owner.name, integration) : [])]}>
      <TeamSettingsScreen owner={owner} section={section.id} integration={integration} />
    </Prefetched>
  );
}

type IntegrationPage = { kind: 'webhook' | 'slack'; id: string; tab: IntegrationTab };

/** `webhooks/whk_3`, `webhooks/whk_3/verify`, `slack/slk_4`: undefined for a section itself, null for what there is not. */
function integrationAt([section, id, tab, ...more]: string[]): IntegrationPage | null | undefined {
  if (id === undefined) return undefined;
  if (more.length > 0) return null;
  if (section === 'webhooks' && (tab === undefined || tab === 'verify')) return { kind: 'webhook', id, tab: tab ?? 'health' };
  return section === 'slack' && tab === undefined ? { kind: 'slack', id, tab: 'health' } : null;
}

const subjectOf = (entity: string, { kind, id }: IntegrationPage): Prefetchable =>
  kind === 'webhook' ? integrationQueries.webhook(entity, id) : integrationQueries.slackChannel(entity, id);

const integrationFirst = (entity: string, { kind, id, tab }: IntegrationPage): Prefetchable[] =>
  tab === 'health' ? [targetHealthQuery(entity, kind, id, '24h'), deadLetterQueries.newestOf(id)] : [];

/** The lists whose lengths stand beside the sections' names, and what the section itself shows. */
function listsOf(section: TeamSection, { name, kind }: Owner): Prefetchable[] {
  const group = { kind: 'team' as const, name };
  return [
    integrationQueries.secrets(name),
    integrationQueries.webhooks(name),
    integrationQueries.slackChannels(name),
    ...(kind === 'team' ? [sessionQueries.apiKeys(), sessionQueries.apiKeys(name), organizationQueries.members(group)] : []),
    ...(section === 'members' ? [organizationQueries.invites(group)] : []),
    ...(section === 'audit-log' ? [organizationQueries.audit(auditPath(group))] : []),
  ];
}
