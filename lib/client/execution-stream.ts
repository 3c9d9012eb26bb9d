import type { ExecutionRow } from '#lib/contracts/automations.ts';
import { viewsOf } from './views.ts';

const executionRow = viewsOf(() => import('#lib/contracts/automations.ts')).view('ExecutionRow');

type Message = { kind: 'row'; row: unknown } | { kind: 'state'; live: boolean } | { kind: 'who' };
type Listener = {
  onRow: (row: ExecutionRow) => void;
  /** `caughtUp`: all that changed since this page was asked for is told as rows; otherwise read again what is shown. */
  onState: (live: boolean, caughtUp: boolean) => void;
};

const NAME = 'hookline.executions';
/** What changed longer ago the stream does not tell. */
const CATCH_UP_SECONDS = 60;

/**
 * Follows what happens to every execution the visitor may see. All tabs of a browser share one connection: the tab that gets
 * the lock opens it and passes on what it hears; when that tab closes, another one gets the lock. Answers how to stop.
 */
export function followExecutions(listener: Listener): () => void {
  const channel = new BroadcastChannel(NAME);
  const stop = new AbortController();
  let holding = false;
  let live = false;

  const setLive = (next: boolean, caughtUp: boolean) => {
    live = next;
    listener.onState(next, caughtUp);
    if (holding) channel.postMessage({ kind: 'state', live: next } satisfies Message);
  };

  const hear = async (heard: unknown) => {
    const row = (await executionRow()).parse(heard);
    if (!stop.signal.aborted) listener.onRow(row);
  };

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'row') void hear(data.row);
    if (data.kind === 'state') listener.onState(data.live, false);
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
function openStream({ onRow, onLive }: { onRow: (row: unknown) => void; onLive: (live: boolean, caughtUp: boolean) => void }): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  // Whatever the page shows was read after it was asked for.
  const pageAge = Math.ceil(performance.now() / 1000) + 1;
  let caughtUp = pageAge <= CATCH_UP_SECONDS;
  const address = `/api/v1/executions/stream${caughtUp ? `?within=${pageAge}` : ''}`;
  const open = () => {
    source = new EventSource(address);
    source.onopen = () => {
      refusals = 0;
      onLive(true, caughtUp);
    };
    source.onerror = () => {
      caughtUp = false;
      onLive(false, false);
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
