import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { messagesIn, type StreamMessage, streamMessages } from '../../../src/app/live/event-stream.ts';
import type { Patch } from '../../../src/models/patches/patch.ts';
import { withPatches } from '../../../src/models/patches/apply.ts';
import type { Snapshot } from '../../../src/models/snapshot.ts';
import { modelsOf } from '../../../src/server/snapshot.ts';
import { stuckRun } from '../../stuck-run.ts';
import { emptyRun } from '../../growing-run.ts';
import { authorized, type Served, served } from './served.ts';

const longRun = { ...stuckRun(), title: emptyRun.title };

interface Followed {
  readonly messages: StreamMessage[];
  readonly patches: () => readonly Patch[];
  readonly until: (isThere: () => boolean) => Promise<void>;
  readonly isOver: () => boolean;
  readonly leave: () => void;
}

async function snapshotOf({ url }: Served): Promise<{ readonly id: string; readonly snapshot: Snapshot }> {
  const response = await fetch(`${url}/_console/snapshot`, { headers: authorized });
  return (await response.json()) as { readonly id: string; readonly snapshot: Snapshot };
}

async function follow({ url }: Served, after: string, more = ''): Promise<Followed> {
  const leaving = new AbortController();
  onTestFinished(() => {
    leaving.abort();
  });
  const response = await fetch(`${url}/_console/stream?after=${after}${more}`, {
    headers: authorized,
    signal: leaving.signal,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const messages: StreamMessage[] = [];
  let isOver = false;
  if (!response.body) throw new Error('a stream has a body');
  const reading = (async (body) => {
    for await (const some of streamMessages(body, 20_000)) messages.push(...some);
  })(response.body);
  reading
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  return {
    messages,
    patches: () => messages.flatMap(({ data }) => JSON.parse(data) as readonly Patch[]),
    isOver: () => isOver,
    leave: () => {
      leaving.abort();
    },
    until: async (isThere) => {
      for (let tries = 0; !isThere(); tries += 1) {
        if (tries > 200) throw new Error(`never came: ${JSON.stringify(messages)}`);
        await sleep(20);
      }
    },
  };
}

describe('the stream of a page that is served', () => {
  test('brings what changed after the snapshot, in patches of a quarter of a second', async () => {
    const page = await served();
    const { id, snapshot } = await snapshotOf(page);
    const client = await follow(page, id);
    const whole = longRun;
    const [parent, child] = whole.executions;
    if (!parent || !child) throw new Error('the run has two executions');
    for (const count of [2, 3, 4, parent.events.length]) {
      page.become({ ...whole, executions: [{ ...parent, events: parent.events.slice(0, count) }, child] });
      await sleep(10);
    }
    page.become(whole);
    await client.until(() => isDeepStrictEqual(withPatches(snapshot, client.patches()), modelsOf(whole)));
    expect(client.messages.length).toBeLessThanOrEqual(2);
    expect(client.messages[0]?.id).toBe('one.2');
  });

  test('brings the same to a second client, and to one that was away', async () => {
    const page = await served();
    const { id, snapshot } = await snapshotOf(page);
    const first = await follow(page, id);
    page.become({ ...emptyRun, at: emptyRun.at + 1 });
    await first.until(() => first.messages.length === 1);
    page.become({ ...emptyRun, at: emptyRun.at + 2 });
    await first.until(() => first.messages.length === 2);
    first.leave();
    await sleep(100);
    page.become(longRun);
    const back = await follow(page, first.messages[0]?.id ?? '');
    await back.until(() => back.messages.length === 2);
    const second = await follow(page, id);
    await second.until(() => second.messages.length === 3);
    expect(withPatches(snapshot, second.patches())).toEqual(modelsOf(longRun));
    expect(withPatches(snapshot, [...first.patches().slice(0, 1), ...back.patches()])).toEqual(modelsOf(longRun));
  });

  test.each(['', 'one', 'one.', 'one.-1', 'one.7', 'one.1e0x', 'other.1', 'one.NaN'])(
    'after %j asks for a new snapshot, and ends',
    async (after) => {
      const page = await served();
      await snapshotOf(page);
      const client = await follow(page, after);
      await client.until(client.isOver);
      expect(client.messages).toEqual([{ id: '', event: 'reset', data: '{}' }]);
    },
  );

  test('reads nothing while nobody follows it', async () => {
    const page = await served();
    const { id } = await snapshotOf(page);
    await sleep(600);
    expect(page.reads()).toBe(1);
    const client = await follow(page, id);
    await client.until(() => page.reads() > 2);
    client.leave();
    await sleep(400);
    const before = page.reads();
    await sleep(600);
    expect(page.reads()).toBe(before);
  });

  test('brings time, executions and verdicts only to a page that nobody sees', async () => {
    const page = await served();
    const { id } = await snapshotOf(page);
    const client = await follow(page, id, '&hidden');
    page.become(longRun);
    await client.until(() => client.messages.length > 0);
    const kinds = new Set(client.patches().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['executions', 'time', 'verdicts']);
  });

  test(
    'gives a page that nobody sees a sign of life while all that changes is not for it',
    { timeout: 15_000 },
    async () => {
      const page = await served();
      const { id } = await snapshotOf(page);
      let changes = 0;
      const changing = setInterval(() => {
        page.become({ ...emptyRun, cut: [`change ${(changes += 1)}`] });
      }, 50);
      onTestFinished(() => {
        clearInterval(changing);
      });
      const response = await fetch(`${page.url}/_console/stream?after=${id}&hidden`, { headers: authorized });
      const reader = response.body?.getReader();
      let text = '';
      while (!text.includes(': alive')) text += new TextDecoder().decode((await reader?.read())?.value);
      expect(text).toBe(': connected\n\n: alive\n\n');
      expect(changes).toBeGreaterThan(10);
      await reader?.cancel();
    },
  );

  test('goes on after a reading that failed, and gives a sign of life when nothing changes', async () => {
    let isBroken = false;
    const page = await served({
      read: () => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve(emptyRun)),
    });
    const { id } = await snapshotOf(page);
    const response = await fetch(`${page.url}/_console/stream?after=${id}`, { headers: authorized });
    const reader = response.body?.getReader();
    isBroken = true;
    let text = '';
    while (!text.includes(': alive')) text += new TextDecoder().decode((await reader?.read())?.value);
    isBroken = false;
    expect(page.errors()[0]).toEqual(new Error('broken'));
    await reader?.cancel();
  });
});

describe('the reader of a stream', () => {
  const text = ': hello\n\nid: a.1\ndata: [1]\n\nevent: reset\ndata: {}\n\nid: a.2\nda';
  test('splits messages, and keeps the begin of the next one', () => {
    expect(messagesIn(text)).toEqual({
      messages: [
        { id: 'a.1', event: 'message', data: '[1]' },
        { id: '', event: 'reset', data: '{}' },
      ],
      rest: 'id: a.2\nda',
    });
  });

  test('reads text that is cut anywhere, in the middle of a letter too', async () => {
    const bytes = new TextEncoder().encode('id: a.1\ndata: "aüß€"\n\nid: a.2\ndata: "😀: x"\n\n');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const parts = [bytes.slice(0, cut), bytes.slice(cut)];
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) if (part.length > 0) controller.enqueue(part);
          controller.close();
        },
      });
      const found: string[] = [];
      for await (const messages of streamMessages(stream, 1_000)) found.push(...messages.map(({ data }) => data));
      expect(found).toEqual(['"aüß€"', '"😀: x"']);
    }
  });

  test('gives a server up that is silent', async () => {
    const silent = new ReadableStream<Uint8Array>({});
    await expect(streamMessages(silent, 30).next()).rejects.toThrow('the server is silent');
  });
});
