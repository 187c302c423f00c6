import { expect, test } from 'vitest';
import pc from 'picocolors';
import { gameReport } from '../../../cli/gameday/game-report.ts';
import { summaryLines } from '../../../cli/gameday/present.ts';
import { failIfUndeclared } from '../../../cli/local/fail-if-undeclared.ts';
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

const verdict = {
  ...{ expected: [], fired: [], cleared: [], unexpected: [], missing: [], claims: [], fixes: [], wrong: [] },
  explained: true,
};

test('an alarm is unproven if no game raises it, or only one that failed', () => {
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
    calls: { isDeclared: false, undeclared: [], made: [], unmade: [] },
  });
});

test('calls of functions are compared over all games, and those that none makes are listed after all of them', () => {
  const call = (action: string) => ({ function: 'F', action, resource: 'arn:aws:s3:::b' });
  const undeclared = {
    ...{ functions: ['F'], principal: 'arn:aws:iam::111111111111:role/own', action: 's3:PutObject' },
    ...{ resource: 'arn:aws:s3:::b/1', declare: 'arn:aws:s3:::b/*', times: 2 },
  };
  const compared = (made: string, ...unmade: readonly string[]) => ({
    ...{ isDeclared: true, undeclared: [undeclared], made: [call(made)], unmade: unmade.map(call) },
  });
  const games = [compared('s3:GetObject', 's3:ListBucket'), compared('s3:GetObject', 's3:ListBucket', 's3:GetObject')];
  const report = gameReport(
    { alarms: [] },
    new Map(),
    games.map((calls, index) => ({ ...verdict, name: String(index), passed: true, calls })),
  );
  expect(report.calls).toEqual({
    ...{ isDeclared: true, undeclared: [undeclared], made: [call('s3:GetObject')], unmade: [call('s3:ListBucket')] },
  });
  const colors = pc.createColors(false);
  expect(summaryLines(report, false, colors).slice(0, -1)).toEqual([
    'undeclared F called s3:PutObject on arn:aws:s3:::b/1, 2 times in all',
    '  as arn:aws:iam::111111111111:role/own',
    '  fix: declare it on the function: calls(["s3:PutObject"], ["arn:aws:s3:::b/*"]), with `*` for what only a run knows',
  ]);
  expect(summaryLines(report, true, colors)).toContain('  F: s3:ListBucket on arn:aws:s3:::b');
  expect(() => {
    failIfUndeclared(report.calls);
  }).toThrow('functions made calls that they do not declare: s3:PutObject');
});
