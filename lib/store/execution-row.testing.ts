import type { Insertable } from 'kysely';
import type { Database } from './schema.ts';

type Row = Insertable<Database['executions']>;

/** A whole row, of which a test names what it is about. */
export const executionRow = (own: Pick<Row, 'entity_id' | 'id' | 'status'> & Partial<Row>): Row => ({
  automation_id: 1,
  automation_name: 'deploy',
  on_type: 'run.state',
  action_kind: 'webhook',
  event_entity_id: own.entity_id,
  event_id: 'evt_1',
  project_id: 1,
  collection_id: null,
  run: null,
  version_id: null,
  target_entity_id: own.entity_id,
  target_id: 3,
  reason: null,
  due_at: null,
  number: 1,
  try: 1,
  second_chance_used: 0,
  worker: null,
  manual: 0,
  edited_from_id: null,
  counted: 0,
  created_at: 1,
  finished_at: null,
  ...own,
});
