import { withPatches } from '../../models/patches/apply.ts';
import type { Patch } from '../../models/patches/patch.ts';
import { modelsVersion, type Snapshot } from '../../models/snapshot.ts';
import { talkTo } from '../state/ask.ts';
import { snapshot } from '../state/store.ts';
import { connection } from './connection.ts';
import { streamMessages } from './event-stream.ts';
import { Deploying, followed, post, Unauthorized } from './request.ts';

/** Milliseconds between two tries while the server does not answer. */
const retryEvery = 1_000;

/** Milliseconds without a sign of the server after which it counts as gone; it gives one every two seconds. */
const quiet = 15_000;

/** Follows the server that the page came from, for as long as the page is there. */
export async function followServer(): Promise<void> {
  talkTo({
    ask: (kind, question) => post(`ask/${encodeURIComponent(kind)}`, question),
    act: (kind, what) => post(`actions/${encodeURIComponent(kind)}`, what),
  });
  let known: Known | undefined;
  for (;;) {
    try {
      known ??= await readSnapshot();
      if (!known) return;
      known = await follow(known);
    } catch (error) {
      if (error instanceof Unauthorized) await nextToken();
      else await lose(error);
    }
  }
}

/** The models that the page has in full, and the id of the last patches in them. */
interface Known {
  full: Snapshot;
  id: string;
}

/** Reads the models; undefined if they are of another version than this program. */
async function readSnapshot(): Promise<Known | undefined> {
  const response = await followed('snapshot');
  const { id, snapshot: full } = (await response.json()) as { readonly id: string; readonly snapshot: Snapshot };
  if ((full.version as number) !== modelsVersion) {
    connection.value = { kind: 'outdated' };
    return undefined;
  }
  snapshot.value = full;
  return { id, full };
}

/**
 * Applies what the server sends.
 *
 * @returns undefined if the models have to be read anew
 * @throws Error if the connection is lost
 */
async function follow(known: Known): Promise<Known | undefined> {
  const isHidden = document.hidden;
  const changed = new AbortController();
  const onChange = (): void => {
    if (document.hidden !== isHidden) changed.abort();
  };
  document.addEventListener('visibilitychange', onChange);
  try {
    const address = `stream?after=${encodeURIComponent(known.id)}${isHidden ? '&hidden' : ''}`;
    const response = await followed(address, changed.signal);
    if (!response.body) throw new Error('the stream is empty');
    connection.value = { kind: 'live' };
    for await (const messages of streamMessages(response.body, quiet)) {
      if (messages.some(({ event }) => event === 'reset')) return undefined;
      apply(known, messages, isHidden);
    }
    throw new Error('the stream ended');
  } catch (error) {
    if (changed.signal.aborted) return known;
    throw error;
  } finally {
    document.removeEventListener('visibilitychange', onChange);
  }
}

/** Of a hidden page, the models in full stay as they were: the stream goes on from there once somebody looks again. */
function apply(
  known: Known,
  messages: readonly { readonly id: string; readonly data: string }[],
  isHidden: boolean,
): void {
  const patches = messages.flatMap(({ data }) => JSON.parse(data) as readonly Patch[]);
  if (isHidden) {
    snapshot.value = snapshot.value && withPatches(snapshot.value, patches);
    return;
  }
  known.full = withPatches(known.full, patches);
  known.id = messages.at(-1)?.id ?? known.id;
  snapshot.value = known.full;
}

/** Waits until the next try. */
async function lose(error: unknown): Promise<void> {
  if (error instanceof Deploying) connection.value = { kind: 'deploying', doing: error.message };
  else if (connection.value.kind !== 'lost') connection.value = { kind: 'lost', since: Date.now() };
  await new Promise((resolve) => setTimeout(resolve, retryEvery));
}

/** Waits for a link with a token: it changes only what follows `#`. */
async function nextToken(): Promise<void> {
  connection.value = { kind: 'unauthorized' };
  await new Promise((resolve) => {
    addEventListener('hashchange', resolve, { once: true });
  });
}
