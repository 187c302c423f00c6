import { describe, expect, test } from 'vitest';
import { causeBefore } from '../../../src/chart/alarms/alarm-cause.ts';
import { alarmNews } from '../../../src/chart/alarms/alarm-news.ts';
import {
  alarmSentence,
  alarmSeverity,
  alarmsFinding,
  evaluationWords,
  runbookOf,
  sinceOf,
} from '../../../src/chart/alarms/alarm-words.ts';
import { stateSegments } from '../../../src/chart/alarms/state-segments.ts';
import { type AlarmModel, alarmsAt, byUrgency, contributorsOf, stateOf } from '../../../src/models/alarms.ts';
import type { VerdictModel } from '../../../src/models/verdict.ts';
import { alarmOf, changed } from '../../alarm-fixture.ts';
import { start } from '../../stuck-run.ts';

const minute = 60_000;
const fired = (name: string, minutes = 20): AlarmModel =>
  alarmOf({ name, history: [...alarmOf({ name }).history, changed(minutes, 'ALARM')] });

describe('an alarm at a time', () => {
  const alarm = fired('late');

  test('has the state of its last change until then', () => {
    expect([25, 19, -9.5].map((at) => alarmsAt([alarm], start + at * minute).map(stateOf))).toEqual([
      ['ALARM'],
      ['OK'],
      ['INSUFFICIENT_DATA'],
    ]);
  });

  test('is not there before it is deployed', () => {
    expect(alarmsAt([alarm], start - 11 * minute)).toEqual([]);
  });

  test('that a deployment changed was there before', () => {
    const updated = { ...alarm, createdAt: start + 30 * minute };
    expect(alarmsAt([updated], start)).toHaveLength(1);
  });

  test('has no time since which it is evaluated if it never was', () => {
    expect(sinceOf(alarmOf({ name: 'new', history: [] }))).toEqual({ at: start - 10 * minute, isEvaluated: false });
    expect(sinceOf(alarm)).toEqual({ at: start + 20 * minute, isEvaluated: true });
  });

  test('has the time series that are in alarm, and not those that were', () => {
    const series = (name: string, to: 'ALARM' | 'OK') =>
      ({ kind: 'contributor', at: start, name, to, reason: '' }) as const;
    const history = [series('a', 'ALARM'), series('__proto__', 'ALARM'), series('a', 'OK')];
    expect(contributorsOf({ history }).map(({ name }) => name)).toEqual(['__proto__']);
  });

  test('is before others if it is in alarm, and the latest of its state first', () => {
    const all = [alarmOf({ name: 'ok' }), alarmOf({ name: 'new', history: [] }), fired('first', 5), fired('second', 9)];
    expect(byUrgency(all).map(({ name }) => name)).toEqual(['second', 'first', 'new', 'ok']);
  });
});

describe('words of an alarm', () => {
  test('are the first sentence, severity and runbook of its description', () => {
    const alarm = alarmOf({ name: 'late' });
    expect(alarmSentence(alarm)).toBe('an execution failed, so its results are missing.');
    expect(alarmSeverity(alarm)).toBe('page');
    expect(runbookOf(alarm)).toBe('docs/runbooks/executions-failed.md');
  });

  test.each([
    ['', 'late', undefined, undefined],
    ['Takes 1.5 s. Look at it', 'Takes 1.5 s.', undefined, undefined],
    ['Runbook: https://wiki.example.com/late', 'late', 'https://wiki.example.com/late', undefined],
    ['[P1] Slow', 'Slow', undefined, 'P1'],
  ])('of "%s" are "%s", %s and %s', (description, sentence, runbook, severity) => {
    const alarm = alarmOf({ name: 'late', description });
    expect([alarmSentence(alarm), runbookOf(alarm), alarmSeverity(alarm)]).toEqual([sentence, runbook, severity]);
  });

  const rule = { ...alarmOf({ name: 'late' }).rule, kind: 'metric' } as Extract<AlarmModel['rule'], { kind: 'metric' }>;

  test.each([
    [1, 1, 'the last period of 5 min was'],
    [3, 3, 'each of the last 3 periods of 5 min was'],
    [5, 3, '3 of the last 5 periods of 5 min was'],
  ])('say that %i periods are evaluated and %i have to breach', (evaluationPeriods, datapointsToAlarm, words) => {
    expect(evaluationWords({ ...rule, evaluationPeriods, datapointsToAlarm })[0]).toBe(
      `It is in alarm if ${words} greater than or equal to the threshold of 1.`,
    );
  });

  test.each([
    ['breaching', 'counts as breaching'],
    ['notBreaching', 'counts as not breaching'],
    ['ignore', 'keeps its state'],
    ['missing', 'counts as missing'],
  ] as const)('say what a period without data is: %s', (missing, words) => {
    expect(evaluationWords({ ...rule, missing })[1]).toContain(words);
  });

  test('say when a composite alarm is in alarm', () => {
    expect(evaluationWords({ kind: 'composite', rule: 'ALARM(a)' })).toEqual([
      'It is in alarm while its rule is true.',
    ]);
  });

  test.each([
    [[], 'There is no alarm'],
    [['OK'], 'The one alarm is OK'],
    [['OK', 'OK'], 'All 2 alarms are OK'],
    [['OK', 'INSUFFICIENT_DATA'], 'No alarm is in alarm, 1 of 2 alarms has no data'],
    [['ALARM', 'OK', 'INSUFFICIENT_DATA'], '1 of 3 alarms is in alarm'],
    [['ALARM', 'ALARM'], '2 of 2 alarms are in alarm'],
  ] as const)('of %j are %s', (states, expected) => {
    expect(alarmsFinding(states)).toBe(expected);
  });
});

describe('the strip of an alarm', () => {
  test('has its states without holes', () => {
    expect(stateSegments(fired('late'), start - 30 * minute, start + 60 * minute)).toEqual([
      { state: 'INSUFFICIENT_DATA', from: start - 10 * minute, to: start - 9 * minute },
      { state: 'OK', from: start - 9 * minute, to: start + 20 * minute },
      { state: 'ALARM', from: start + 20 * minute, to: start + 60 * minute },
    ]);
  });

  test('is cut to its range, and shows a change at its end', () => {
    expect(stateSegments(fired('late'), start + 10 * minute, start + 20 * minute).map(({ state }) => state)).toEqual([
      'OK',
      'ALARM',
    ]);
    expect(stateSegments(fired('late'), start - 60 * minute, start - 30 * minute)).toEqual([]);
  });
});

describe('what came before an alarm', () => {
  const change = (minutes: number, sentence: string) =>
    ({ id: sentence, at: start + minutes * minute, account: '', kind: 'stack', resource: 'r', sentence }) as const;
  const verdict = (minutes: number): VerdictModel => ({
    ...{ execution: null, evidence: [], fixes: [], runbook: null },
    claims: [
      {
        ...{ id: 'stuck-parent', gravity: 'stuck', sentence: 'the parent hung.', execution: null, until: null },
        since: start + minutes * minute,
        isCertain: true,
      },
    ],
  });

  test('is the last change or claim before it fired', () => {
    const changes = [change(1, 'removed'), change(30, 'added')];
    expect(causeBefore(start + 20 * minute, changes, [])?.sentence).toBe('removed');
    expect(causeBefore(start + 20 * minute, changes, [verdict(2)])?.sentence).toBe('the parent hung');
    expect(causeBefore(start + 20 * minute, changes, [verdict(25)])?.sentence).toBe('removed');
  });

  test('is not known without any, or if it was more than a day ago', () => {
    expect(causeBefore(start, [change(1, 'later')], [])).toBeUndefined();
    expect(causeBefore(start + 1_500 * minute, [change(1, 'long ago')], [])).toBeUndefined();
  });
});

describe('news of alarms', () => {
  const ok = [alarmOf({ name: 'a' }), alarmOf({ name: 'b' })];

  test('are said at once if one fires', () => {
    expect(alarmNews(ok, [fired('a'), alarmOf({ name: 'b' })])).toEqual({
      sentence: 'In alarm: an execution failed, so its results are missing.',
      isUrgent: true,
    });
    expect(alarmNews(ok, [fired('a'), fired('b')])?.sentence).toContain('2 alarms are in alarm, the first: ');
  });

  test('can wait if one is OK again', () => {
    expect(alarmNews([fired('a')], [alarmOf({ name: 'a' })])).toMatchObject({
      sentence: expect.stringContaining('OK again') as string,
      isUrgent: false,
    });
  });

  test('are none if nothing changed, or an alarm has its first state', () => {
    expect(alarmNews([fired('a')], [fired('a')])).toBeUndefined();
    expect(alarmNews([], ok)).toBeUndefined();
    expect(alarmNews([alarmOf({ name: 'a', history: [] })], [alarmOf({ name: 'a' })])).toBeUndefined();
  });
});
