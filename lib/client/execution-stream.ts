import type { ExecutionRow } from '#lib/contracts/automations.ts';
import { viewsOf } from './views.ts';

const executionRow = viewsOf(() => import('#lib/contracts/automations.ts')).view('ExecutionRow');

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

  const hear = async (heard: unknown) => {
    const row = (await executionRow()).parse(heard);
    if (!stop.signal.aborted) listener.onRow(row);
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'row') void hear(data.row);
    if (data.kind === 'state') listener.onState(data.live);
    if (data.kind === 'who' && holding) channel.postMessage({ kind: 'state', live } satisfies Message);
  };
  channel.postMessage({ kind: 'who' } satisfies Message);

  void navigator.locks
    .request(NAME, { signal: stop.signal }, () => {
      holding = true;
      const onRow = (row: unknown) => {
        channel.postMessage({ kind: 'row', row } satisfies Message);
        void hear(row);
      };
      const close = openStream({ onRow, onLive: setLive });
      return new Promise<void>((resolve) => {
        stop.signal.addEventListener('abort', () => {
          close();
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

/** A browser comes back by itself after a cut, but never after a refusal, which a proxy gives while the server starts anew. */
function openStream({ onRow, onLive }: { onRow: (row: unknown) => void; onLive: (live: boolean) => void }): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  const open = () => {
    source = new EventSource('/api/v1/executions/stream');
    source.onopen = () => {
      refusals = 0;
      onLive(true);
    };
    source.onerror = () => {
      onLive(false);
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, Math.min(2 ** ++refusals, 60) * 1000);
    };
    source.addEventListener('execution', ({ data }) => onRow(JSON.parse(data)));
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
