import { EventEmitter } from 'node:events';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gamedayAction } from '../../../cli/console/actions/gameday.ts';
import { gameTableOf } from '../../../cli/console/game-days/game-table.ts';
import { playedGame } from '../../../cli/console/game-days/outcome.ts';
import { recordedGames } from '../../../cli/console/game-days/recorded.ts';
import { onInterrupt } from '../../../cli/interrupt.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { contextOf, emptySandbox } from './console-context.ts';

const verdict = {
  name: 'write-denied',
  expected: [{ alarm: 'late', account: '333333333333', fires: [5, 7], clears: [10, 14] }],
  fired: [
    { alarm: 'late', line: '333333333333 orders', at: 6 },
    { alarm: 'late', at: 6 },
    { alarm: 'late', at: 30 },
  ],
  cleared: [
    { alarm: 'late', at: 31 },
    { alarm: 'late', at: 12 },
  ],
  ...{ unexpected: ['late'], missing: [], wrong: [], passed: false },
};

/** A clone with this text as its recorded outcomes. */
function recordedAs(text: string): { readonly root: string; readonly file: string } {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'out'));
  const file = join(root, 'out/gamedays.json');
  writeFileSync(file, text);
  return { root, file };
}

test('recorded outcomes are those that `crosswind gameday --json` printed, and are read anew when the file changes', () => {
  const { root, file } = recordedAs(JSON.stringify({ alarms: [], games: [{ ...verdict, claims: [] }], unproven: [] }));
  const read = recordedGames(root);
  const first = read();
  expect(first.verdicts).toEqual([verdict]);
  expect(read()).toBe(first);
  writeFileSync(file, '{}');
  utimesSync(file, 1, 1);
  expect(read()).toMatchObject({
    at: 1_000,
    verdicts: [],
    problem: expect.stringContaining('write it again') as string,
  });
});

test('a clone without recorded outcomes has none, and no problem', () => {
  expect(recordedGames(temporaryDirectory())()).toEqual({ at: undefined, verdicts: [] });
});

test.each([
  ['{', 'JSON'],
  ['{"games":[{"name":1}]}', 'games.0.name'],
])('%j is no report, and the page says so', (text, why) => {
  const { problem } = recordedGames(recordedAs(text).root)();
  expect(problem).toMatch(/^out\/gamedays.json is not what/);
  expect(problem).toContain(why);
});

test('an outcome names accounts, and each time that an alarm fires has its own end', () => {
  const game = {
    ...{ name: 'write-denied', workload: 'orders', title: '', fix: '', because: '', steps: [], faultAt: 0, minutes: 1 },
    ...{ expected: [], outcome: null },
  };
  const names = new Map([['333333333333', 'orders-dev']]);
  const minutes = { fires: [5, 7] as const, clears: [10, 14] as const };
  const judged = { ...verdict, expected: [{ alarm: 'late', account: '333333333333', ...minutes }] };
  expect(playedGame(game, judged, { source: 'played here', at: 5 }, names)).toMatchObject({
    expected: [{ alarm: 'late', of: ['orders-dev'], ...minutes }],
    outcome: {
      fired: [
        { of: ['orders-dev', 'orders'], at: 6, clearedAt: null },
        { of: [], at: 6, clearedAt: 12 },
        { of: [], at: 30, clearedAt: 31 },
      ],
    },
  });
});

test('an app that is not this platform has no game days; a clone without their platform says why', async () => {
  const sandbox = await emptySandbox();
  const root = temporaryDirectory();
  expect(await gameTableOf({ ...contextOf(sandbox, []), root }).read()).toEqual({
    games: [],
    playing: null,
    problems: [],
  });
  const broken = await gameTableOf({ ...contextOf(sandbox, [], shippedPlatform), root }).read();
  expect(broken.games).toEqual([]);
  expect(broken.problems[0]).toContain('gamedays.yaml');
});

test('the section is the same object until a game is played', async () => {
  const context = contextOf(await emptySandbox(), []);
  const table = gameTableOf(context);
  expect(gameTableOf(context)).toBe(table);
  const first = await table.read();
  expect(await table.read()).toBe(first);
  table.show({ name: 'write-denied', doing: 'playing', minute: 3, minutes: 60 });
  expect((await table.read()).playing).toMatchObject({ minute: 3 });
  table.show(null);
  table.complain('it could not be played');
  expect(await table.read()).toMatchObject({ playing: null, problems: ['it could not be played'] });
});

test('of two games that are started at once, before the list of them is read, one is played', async () => {
  const cleanUp = onInterrupt({ signals: new EventEmitter(), exit: () => undefined });
  const context = { ...contextOf(await emptySandbox(), [], shippedPlatform), cleanUp };
  const start = gamedayAction(context);
  const answers = await Promise.allSettled(['quiet-day', 'stuck-parent'].map((name) => start({ name })));
  expect(answers).toMatchObject([
    { status: 'fulfilled', value: { started: 'quiet-day' } },
    { status: 'rejected', reason: { message: 'quiet-day is played: wait for its end, or end it' } },
  ]);
  expect(await start({ cancel: true })).toEqual({ canceled: 'quiet-day' });
  await cleanUp.now();
});
