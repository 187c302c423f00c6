import { describe, expect, test } from 'vitest';
import { keptBytes } from '../../src/logs/log-group.ts';
import { LogGroups } from '../../src/logs/log-groups.ts';

const arn = 'arn:aws:logs:us-east-1:444444444444:log-group:mine:*';
const dayMilliseconds = 86_400_000;

/** A log group at a time that a test can change. */
function groupAt(now: number) {
  const clock = { now };
  const groups = new LogGroups(() => clock.now);
  groups.create(arn);
  const write = (timestamp: number, message: string, stream = 'stream'): void => {
    groups.write(arn, stream, [{ timestamp, message }]);
  };
  return { clock, groups, write };
}

describe('a log group', () => {
  test('has its events by their timestamps, those of the same time as they came', () => {
    const { groups, write } = groupAt(100);
    write(90, 'third');
    write(80, 'first');
    write(80, 'second', 'other');
    expect(groups.lines(arn)).toEqual(['first', 'second', 'third']);
  });

  test('says when an event happened and when it arrived', () => {
    const { groups, write } = groupAt(100);
    write(80.7, 'late');
    write(120, 'ahead of the clock');
    expect(groups.get(arn)?.events(100)).toMatchObject([
      { timestamp: 80, ingestedAt: 100, stream: 'stream' },
      { timestamp: 120, ingestedAt: 120, stream: 'stream' },
    ]);
  });

  test('knows of each stream its first and last event', () => {
    const { groups, write } = groupAt(100);
    groups.openStream(arn, 'empty');
    write(90, 'two');
    write(80, 'one');
    expect(groups.get(arn)?.streams()).toEqual([
      { name: 'empty', createdAt: 100, events: 0 },
      { name: 'stream', createdAt: 100, events: 2, firstEventAt: 80, lastEventAt: 90, lastIngestedAt: 100 },
    ]);
  });

  test('keeps its newest 4 MiB, and forgets a stream with its last event', () => {
    const { groups, write } = groupAt(100);
    const text = 'x'.repeat(99_974);
    write(0, text, 'old');
    for (let n = 1; n <= 41; n++) write(n, text, 'new');
    const group = groups.get(arn);
    expect(keptBytes).toBe(4 * 1024 * 1024);
    expect(group?.storedBytes).toBe(4_100_000);
    expect(group?.events(100).map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
    expect(group?.streams().map(({ name, events }) => [name, events])).toEqual([['new', 41]]);
  });

  test('makes a text only when it is read', () => {
    const { groups } = groupAt(100);
    let made = 0;
    const message = (): string => `made ${(made += 1)}`;
    groups.write(arn, 'stream', [{ timestamp: 1, message, bytes: 10 }]);
    expect(made).toBe(0);
    expect(groups.lines(arn)).toEqual(['made 1']);
    expect(groups.get(arn)?.storedBytes).toBe(36);
  });

  test('splits a text that is too long for one event', () => {
    const { groups, write } = groupAt(100);
    write(1, `${'x'.repeat(262_144)}y`);
    expect(groups.lines(arn).map(({ length }) => length)).toEqual([262_144, 1]);
  });

  test('has no events that are older than its retention', () => {
    const { clock, groups, write } = groupAt(10 * dayMilliseconds);
    groups.change(arn, { RetentionInDays: 3 });
    write(10 * dayMilliseconds, 'kept');
    write(9 * dayMilliseconds, 'expired');
    clock.now = 12.5 * dayMilliseconds;
    expect(groups.lines(arn)).toEqual(['kept']);
  });
});

test('what is written to a log group that is not there is lost', () => {
  const groups = new LogGroups(() => 0);
  groups.write(arn, 'stream', [{ timestamp: 0, message: 'one' }]);
  expect(groups.has(arn)).toBe(false);
  expect(groups.lines(arn)).toEqual([]);
});
