import type { ServerResponse } from 'node:http';
import type { Snapshot } from '../../models/snapshot.ts';
import { type LiveModels, liveModels } from './live-models.ts';
import type { LiveSource } from './live-source.ts';
import { openRing, type Ring, type RingLimits } from './ring.ts';

/** Models of a source and those who follow them. Nothing is read while nobody does. */
export interface Hub {
  /** The models now, with the id from which a stream goes on. */
  readonly snapshot: () => Promise<{ readonly id: string; readonly snapshot: Snapshot }>;
  /** Streams what changes after an id until the connection ends. */
  readonly follow: (client: FollowProps) => void;
}

export interface FollowProps {
  readonly response: ServerResponse;
  /** Id of the last patches that the client has. */
  readonly after: string;
  /** True for a page that nobody sees: it gets time, executions and verdicts only. */
  readonly isHidden: boolean;
}

export interface HubProps {
  readonly source: LiveSource;
  /** @default - 4,096 entries of 32 million characters */
  readonly limits?: RingLimits;
  /**
   * Real milliseconds in which patches are collected.
   *
   * @default 250
   */
  readonly interval?: number;
  /** Called with an error of the source. */
  readonly onError: (error: unknown) => void;
}

interface Client extends Pick<FollowProps, 'response' | 'isHidden'> {
  /** Number of the last patches that were sent. */
  sent: number;
  /** Collections since something was written. */
  quiet: number;
}

/** Of the time between two collections, the share that one may take. */
const mostShare = 0.1;

/** Collections without a patch for a client after which its stream says that it is alive. */
const quietCollections = 8;

export function openHub({ source, limits, interval = 250, onError }: HubProps): Hub {
  const ring = openRing(limits);
  const clients = new Set<Client>();
  let models: LiveModels | undefined;
  let collecting: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const collect = (): Promise<void> => {
    collecting = collecting
      .catch(() => undefined)
      .then(async () => {
        const now = await source.read();
        models ??= liveModels(now);
        const patches = models.take(now);
        if (patches.length > 0) ring.add(patches);
      });
    return collecting;
  };
  const tick = async (): Promise<void> => {
    const began = performance.now();
    await collect().catch(onError);
    for (const client of clients) {
      const { response } = client;
      client.quiet += 1;
      pump(client, ring, source.start);
      // One that was sent away stays connected until it has read that.
      if (response.writableEnded) clients.delete(client);
      else if (client.quiet >= quietCollections && !response.writableNeedDrain) {
        client.quiet = 0;
        response.write(': alive\n\n');
      }
    }
    timer = undefined;
    if (clients.size > 0) schedule(Math.max(interval, (performance.now() - began) / mostShare));
  };
  const schedule = (milliseconds: number): void => {
    timer ??= setTimeout(() => void tick(), milliseconds);
  };
  return {
    async snapshot() {
      await collect();
      if (!models) throw new Error('nothing was read');
      return { id: `${source.start}.${ring.newest()}`, snapshot: models.snapshot() };
    },
    follow({ response, after, isHidden }) {
      const sent = numberOf(after, source.start);
      if (sent === undefined || !ring.goesOnAfter(sent)) {
        response.end(reset);
        return;
      }
      const client: Client = { response, isHidden, sent, quiet: 0 };
      clients.add(client);
      response.on('close', () => clients.delete(client));
      response.on('drain', () => {
        pump(client, ring, source.start);
      });
      response.write(': connected\n\n');
      pump(client, ring, source.start);
      schedule(0);
    },
  };
}

/** Number of an id of this start. */
function numberOf(id: string, start: string): number | undefined {
  const [, of, number] = /^(\w+)\.(\d{1,15})$/.exec(id) ?? [];
  return of === start ? Number(number) : undefined;
}

/** Says that the client has to read the models anew. */
const reset = 'event: reset\ndata: {}\n\n';

/** Sends what a client lacks, as fast as it reads. */
function pump(client: Client, ring: Ring, start: string): void {
  const { response, isHidden } = client;
  if (response.writableEnded) return;
  if (!ring.goesOnAfter(client.sent)) {
    response.end(reset);
    return;
  }
  while (!response.writableNeedDrain) {
    const entry = ring.at(client.sent + 1);
    if (!entry) return;
    client.sent = entry.number;
    const text = isHidden ? entry.lightText : entry.text;
    if (text === undefined) continue;
    client.quiet = 0;
    response.write(`id: ${start}.${entry.number}\ndata: ${text}\n\n`);
  }
}
