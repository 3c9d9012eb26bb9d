import pg from 'pg';

export type PostgresPatience = {
  /** How long a statement may go unanswered before the server is asked about it. */
  silentMs: number;
  /** How long the server has to take a new connection. */
  connectMs: number;
  /** When a statement is given up of which the server knows nothing: a pooler may stand between, whose numbers are its own. */
  unknownMs: number;
  /** How often a connection that only listens asks something: it would not notice that the line is cut. */
  askMs: number;
  /** When the server ends a transaction that says nothing: a process that was stopped inside one keeps its locks no longer. */
  idleInTransactionMs: number;
};

/** A statement under way: since when, and the server's number for its connection. */
type Asked = { since: number; processID: number | null; wasHopeless: boolean; breakOff: () => void };

/** What the driver does not declare. */
type Inside = { processID: number | null; connection: { stream: { destroy(error: Error): void } } };

/**
 * A client class whose connections break off once nobody will answer on them: a line that is cut gives no sign, and a statement
 * would wait on it without end. One that takes long is left alone while the server works on it.
 */
export function watchedClient(url: string, patience: PostgresPatience) {
  const asked = new Set<Asked>();

  class WatchedClient extends pg.Client {
    // The driver's query has many shapes; whatever comes in goes on unchanged.
    override query(...given: unknown[]): never {
      const answer = (super.query as (...args: unknown[]) => unknown)(...given);
      if (!(answer instanceof Promise)) return answer as never;
      const { processID, connection } = this as unknown as Inside;
      const mine: Asked = { since: performance.now(), processID, wasHopeless: false, breakOff: () => connection.stream.destroy(silence()) };
      const forget = () => void asked.delete(mine);
      asked.add(mine);
      answer.then(forget, forget);
      return answer as never;
    }
  }

  let looking = false;
  async function look(): Promise<void> {
    const now = performance.now();
    const silent = [...asked].filter(({ since }) => now - since >= patience.silentMs);
    if (looking || silent.length === 0) return;
    looking = true;
    const states = await askForStates(url, patience.connectMs, silent);
    looking = false;
    for (const one of silent) {
      const state = states?.get(one.processID);
      const isHopeless = states === null || (state === undefined ? now - one.since >= patience.unknownMs : state !== 'active');
      // At two looks in a row: an answer may be on its way, and a busy machine slow to take a connection.
      if (isHopeless && one.wasHopeless && asked.has(one)) one.breakOff();
      one.wasHopeless = isHopeless;
    }
  }

  const timer = setInterval(() => void look(), patience.silentMs / 2);
  timer.unref();
  return { WatchedClient, stop: () => clearInterval(timer) };
}

/** What the server does on each of these connections; null when it does not answer at all. */
async function askForStates(url: string, withinMs: number, silent: readonly Asked[]): Promise<Map<number | null, string> | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: withinMs, query_timeout: withinMs });
  client.on('error', () => {});
  try {
    await client.connect();
    const pids = silent.map(({ processID }) => processID);
    const { rows } = await client.query('select pid, state from pg_stat_activity where pid = any($1)', [pids]);
    return new Map(rows.map(({ pid, state }) => [pid, state]));
  } catch (error) {
    return error instanceof pg.DatabaseError ? new Map() : null; // a refusal is an answer
  } finally {
    client.end().catch(() => {}); // not waited for: the server may fall silent now
  }
}

const silence = () => Object.assign(new Error('The database server does not answer.'), { code: 'ETIMEDOUT' });
