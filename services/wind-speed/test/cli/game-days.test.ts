import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { judge } from '@crosswind/sandbox/sandbox';
import { namedAlarm } from '../../../../cli/gameday/alarm-names.ts';
import { type GamePlatform, type PlacedGame, readGamePlatform } from '../../../../cli/gameday/game-platform.ts';
import { type ExpectedAlarm, expectedAlarms, judgeGameDay } from '../../../../cli/gameday/judge-game-day.ts';
import { playGameDay, type PlayedGame, recordedAlarms } from '../../../../cli/gameday/play-game-day.ts';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { loadValidPlatform } from '../../../../cli/read-platform.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { windSpeed } from '../platform.ts';
import { everyStack } from './crosswind.ts';

const { clone } = windSpeed;
const file = join(clone.root, 'gamedays.yaml');
let platform: GamePlatform;
let placed: PlacedGame;
let played: PlayedGame;
let expected: readonly ExpectedAlarm[];

beforeAll(async () => {
  const directory = temporaryDirectory();
  await synthesize({ clone, file, directory, quickly: everyStack });
  platform = await readGamePlatform(clone, await loadValidPlatform(clone, file), directory);
  const found = platform.games.find(({ game }) => game.name === 'stuck-parent');
  if (!found) throw new Error('there is no game day stuck-parent');
  placed = found;
  expected = expectedAlarms(placed.game, (ref) => namedAlarm(platform, placed, ref));
  played = await playGameDay({ platform, placed });
});

test('a stuck parent pages within 25 minutes, once, and raises nothing else', () => {
  const verdict = judgeGameDay('stuck-parent', expected, played);
  expect(verdict).toMatchObject({ passed: true, fired: [{ alarm: 'crosswind-fleet-stuck-parents' }] });
  expect(verdict.fired[0]?.at).toBeLessThanOrEqual(25);
});

test('a wrong expectation fails: what is unexpected and what is missing is named', () => {
  const [stuck] = expected;
  if (!stuck) throw new Error('the game day expects no alarm');
  expect(judgeGameDay('none', [], played)).toMatchObject({ passed: false, unexpected: [stuck.alarm] });
  const other = { ...stuck, alarm: 'crosswind-fleet-old-executions' };
  expect(judgeGameDay('two', [stuck, other], played)).toMatchObject({ passed: false, missing: [other.alarm] });
});

test('alarms that are judged over the recording have the histories that they had live', () => {
  const judged = judge(JSON.parse(JSON.stringify(played.recording)) as PlayedGame['recording'], recordedAlarms(played));
  expect(judged.map(({ name, history }) => [name, history])).toEqual(
    played.alarms.map(({ name, history }) => [name, history]),
  );
});

test('an alarm that the platform does not have is named, with the one that was meant', () => {
  expect(() => namedAlarm(platform, placed, { fleet: 'stuck-parent' })).toThrow(
    'game day "stuck-parent" expects the alarm crosswind-fleet-stuck-parent, which the platform does not have, did you mean crosswind-fleet-stuck-parents?',
  );
});

test('what was done is told in sentences, with its minute', () => {
  expect(played.done).toEqual([
    { minute: 0, sentence: 'the target role may not describe executions of the child' },
    { minute: 1, sentence: 'the parent is started once' },
    { minute: 31, sentence: 'fixed: the target role may not describe executions of the child' },
  ]);
});
