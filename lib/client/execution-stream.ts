import { ExecutionRow } from '#lib/contracts/automations.ts';

type Message = { kind: 'row'; row: unknown } | { kind: 'state'; live: boolean } | { kind: 'who' };
type Listener = { onRow: (row: ExecutionRow) => void; onState: (live: boolean) => void };

const NAME = 'hookline.executions';

/**
 * Follows what happens to every execution the visitor may see. All tabs of a browser share one connection: the tab that gets
 * the lock opens it and passes on what it hears; when that tab closes, another one gets the lock. Answers how to stop.
 */
export function followExecutions(listener: Listener): () => void {
  const channel = new BroadcastChannel(NAME);
  const stop = new AbortController();
  let holding = false;
  let live = false;

  const setLive = (next: boolean) => {
    live = next;
    listener.onState(next);
    if (holding) channel.postMessage({ kind: 'state', live: next } satisfies Message);
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'row') listener.onRow(ExecutionRow.parse(data.row));
    if (data.kind === 'state') listener.onState(data.live);
    if (data.kind === 'who' && holding) channel.postMessage({ kind: 'state', live } satisfies Message);
  };
  channel.postMessage({ kind: 'who' } satisfies Message);

  void navigator.locks
    .request(NAME, { signal: stop.signal }, () => {
      holding = true;
      const source = new EventSource('/api/v1/executions/stream');
      source.onopen = () => setLive(true);
      source.onerror = () => setLive(false); // it connects again by itself, with Last-Event-ID
      source.addEventListener('execution', ({ data }) => {
        const row: unknown = JSON.parse(data);
        channel.postMessage({ kind: 'row', row } satisfies Message);
        listener.onRow(ExecutionRow.parse(row));
      });
      return new Promise<void>((resolve) => {
        stop.signal.addEventListener('abort', () => {
          source.close();
          resolve();
        });
      });
    })
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });

  return () => {
    stop.abort();
    channel.close();
  };
}
