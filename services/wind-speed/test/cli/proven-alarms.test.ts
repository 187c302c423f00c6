import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge } from '@crosswind/sandbox/sandbox';
import { namedAlarm } from '../../../../cli/gameday/alarm-names.ts';
import { type GamePlatform, readGamePlatform } from '../../../../cli/gameday/game-platform.ts';
import { expectedAlarms, judgeGameDay } from '../../../../cli/gameday/judge-game-day.ts';
import { playGameDay, recordedAlarms } from '../../../../cli/gameday/play-game-day.ts';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { loadValidPlatform } from '../../../../cli/read-platform.ts';
import { dashboardFeeds, feedsDocument, unfedMetrics } from '../../../../test/cli/gameday/dashboard-feeds.ts';
import { equivalentMutants, mostEquivalent } from '../../../../test/cli/gameday/mutants/equivalent-mutants.ts';
import { outcomesOf, type RecordedGame } from '../../../../test/cli/gameday/mutants/kill.ts';
import { mutantKinds, mutantText } from '../../../../test/cli/gameday/mutants/mutant.ts';
import { mutantsOf } from '../../../../test/cli/gameday/mutants/mutants-of.ts';
import { outcomeTable, survivorsOf } from '../../../../test/cli/gameday/mutants/outcome-table.ts';
import { recordedSeries } from '../../../../test/cli/gameday/mutants/recorded-series.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { windSpeed } from '../platform.ts';
import { everyStack } from './crosswind.ts';

const { clone } = windSpeed;
const file = join(clone.root, 'gamedays.yaml');

/** All alarms and games, or a few of each. */
const isLong = process.env['PROVEN_ALARMS'] === 'all';
/** One alarm on a query, on a metric, on an expression, and on silence. */
const fewAlarms = [
  'crosswind-fleet-lambda-throttles',
  'crosswind-wind-speed-prod-parent-aborted',
  'crosswind-wind-speed-prod-child-objects-failing',
  'crosswind-wind-speed-game-parent-silent',
];
/** Games that these alarms need. */
const fewGames = [
  'lambda-throttled-once',
  'run-stopped',
  'stop-missing',
  'failing-items-exactly',
  'failing-items-3',
  'nobody-invokes',
  'probe-dead',
];

let platform: GamePlatform;
const games: RecordedGame[] = [];

/** Each game is played once. All else is judged over the recordings. */
beforeAll(async () => {
  const directory = temporaryDirectory();
  await synthesize({ clone, file, directory, quickly: everyStack });
  platform = await readGamePlatform(clone, await loadValidPlatform(clone, file), directory);
  for (const placed of platform.games.filter(({ game }) => isLong || fewGames.includes(game.name))) {
    const { faultAt, recording, ...played } = await playGameDay({ platform, placed });
    const expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
    const alarms = judge(recording, recordedAlarms({ faultAt, recording, ...played }));
    games.push({ name: placed.game.name, expected, faultAt, recording, alarms });
  }
}, 1_200_000);

test('alarms as they are pass every game day', () => {
  expect(games.length).toBeGreaterThan(isLong ? 50 : 5);
  const verdicts = games.map(({ name, expected, ...played }) => judgeGameDay(name, expected, played));
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
});

describe('mutants of alarms', () => {
  const mutants = () => {
    const series = recordedSeries(games.map(({ recording }) => recording));
    const alarms = (games[0]?.alarms ?? []).filter(({ name }) => isLong || fewAlarms.includes(name));
    return alarms.flatMap((alarm) => mutantsOf(alarm, series));
  };

  test('there are some of each alarm, and of each kind', () => {
    const all = mutants();
    expect(new Set(all.map(({ alarm }) => alarm))).toEqual(
      new Set(isLong ? platform.alarms.map(({ name }) => name) : fewAlarms),
    );
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(mutantKinds));
  });

  test('make a game day fail, each of them but those that are equivalent', { timeout: 1_200_000 }, () => {
    const outcomes = outcomesOf(mutants(), games);
    process.stdout.write(`${outcomeTable(outcomes)}\n`);
    const survivors = survivorsOf(outcomes).map(({ mutant }) => mutantText(mutant));
    const known = equivalentMutants.map(({ mutant }) => mutant);
    expect(survivors).toEqual(isLong ? known : []);
    expect(outcomes.filter(({ killedBy }) => killedBy === 'CloudWatch')).toEqual([]);
  });

  test(`that are equivalent are ${mostEquivalent} at most, each with a reason`, () => {
    expect(equivalentMutants.length).toBeLessThanOrEqual(mostEquivalent);
    expect(equivalentMutants.every(({ reason }) => reason.length > 40)).toBe(true);
  });
});

describe.runIf(isLong)('metrics of dashboards', () => {
  const feeds = () =>
    dashboardFeeds(
      platform.waves.flatMap(({ stacks }) => stacks),
      games,
    );

  test('are fed by a game day, each of them but those with a reason', () => {
    const unfed = feeds().filter(({ game }) => game === undefined);
    expect(new Set(unfed.map(({ metric }) => metric))).toEqual(new Set(unfedMetrics.keys()));
  });

  test('are listed in docs/dashboards.md, each with its game day', async () => {
    await expect(feedsDocument(feeds())).toMatchFileSnapshot(join(clone.root, 'docs/dashboards.md'));
  });
});
