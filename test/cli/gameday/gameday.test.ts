import { expect, test } from 'vitest';
import { gameReport } from '../../../cli/gameday/game-report.ts';
import { platformFile } from '../../platform-file.ts';
import { crosswind } from '../crosswind.ts';

test.each([
  [['--file', platformFile], 'name a game day, or give --all'],
  [['one', '--all', '--file', platformFile], '--all plays every game day: leave one out'],
  [['no-such-game', '--file', platformFile], 'there is no game day "no-such-game"'],
  [['no-such-game', '--file', platformFile], '; --list prints them all)'],
])('gameday %j is wrong input', async (args, message) => {
  const { code, stdout, stderr } = await crosswind('gameday', ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(message);
});

test('a list of game days as JSON', async () => {
  const { code, stdout } = await crosswind('gameday', '--list', '--json', '--file', platformFile);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ games: expect.any(Array) as unknown });
});

test('an alarm is unproven if no game raises it, or only one that failed', () => {
  const verdict = {
    expected: [],
    fired: [],
    cleared: [],
    unexpected: [],
    missing: [],
    claims: [],
    fixes: [],
    explained: true,
    wrong: [],
  };
  const alarms = ['proven', 'failing', 'never'].map((name) => ({ name, account: '', region: '', description: '' }));
  const declared = new Map([
    ['good', ['proven']],
    ['bad', ['failing']],
  ]);
  const games = [
    { ...verdict, name: 'good', passed: true },
    { ...verdict, name: 'bad', passed: false },
  ];
  expect(gameReport({ alarms }, declared, games)).toEqual({
    alarms: ['proven', 'failing', 'never'],
    games,
    unproven: ['failing', 'never'],
  });
});
