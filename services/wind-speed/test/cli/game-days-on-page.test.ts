import { openSandbox } from '@crosswind/sandbox/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConsoleContext } from '../../../../cli/console/console-context.ts';
import { gameTableOf } from '../../../../cli/console/game-days/game-table.ts';
import { actionsOf } from '../../../../cli/console/handlers.ts';
import { onInterrupt } from '../../../../cli/interrupt.ts';
import { readPlatform } from '../../../../cli/read-platform.ts';
import { platformFile, windSpeed } from '../platform.ts';

const { clone } = windSpeed;
const cleanUp = onInterrupt({ signals: { on: () => undefined, off: () => undefined }, exit: () => undefined });
let context: ConsoleContext;
let closed: () => Promise<void>;
let act: (what: object) => Promise<unknown>;

beforeAll(async () => {
  const sandbox = await openSandbox();
  closed = () => sandbox.close();
  const platform = await readPlatform(clone, platformFile);
  const none = new Map<string, never>();
  context = {
    ...{ sandbox, platform, root: clone.root, accounts: [], stacks: [], cleanUp },
    results: () => Promise.resolve(none),
  };
  const { gameday } = actionsOf(context);
  act = (what) => gameday?.(what) ?? Promise.reject(new Error('there is no such action'));
});

afterAll(async () => {
  await cleanUp.now();
  await closed();
});

const playing = async () => (await gameTableOf(context).read()).playing;
const outcome = async (name: string) =>
  (await gameTableOf(context).read()).games.find((game) => game.name === name)?.outcome;

describe('a page of a served sandbox', () => {
  test('plays one game at a time in a process of its own, shows its minutes, and keeps its outcome', async () => {
    const virtual = context.sandbox.simulation.now();
    expect(await act({ name: 'child-killed' })).toEqual({ started: 'child-killed' });
    await expect(act({ name: 'event-lost' })).rejects.toThrow('child-killed is played: wait for its end, or end it');
    await expect.poll(async () => (await playing())?.minute, { timeout: 300_000, interval: 20 }).toBeGreaterThan(0);
    await expect.poll(playing, { timeout: 300_000 }).toBeNull();
    expect((await gameTableOf(context).read()).problems).toEqual([]);
    expect(await outcome('child-killed')).toMatchObject({ passed: true, source: 'played here' });
    expect(context.sandbox.simulation.now()).toBe(virtual);
  }, 600_000);

  test('ends a game that somebody cancels, keeps nothing of it, and says so', async () => {
    await act({ name: 'quiet-day' });
    await expect.poll(async () => (await playing())?.doing, { timeout: 60_000 }).toContain('deploying');
    expect(await act({ cancel: true })).toEqual({ canceled: 'quiet-day' });
    expect(await playing()).toBeNull();
    expect(await outcome('quiet-day')).toBeNull();
    expect((await gameTableOf(context).read()).problems).toEqual([
      'quiet-day was ended before its last minute: it has no outcome.',
    ]);
  }, 120_000);
});
