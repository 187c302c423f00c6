import { describe, expect, test } from 'vitest';
import type { FunctionResource } from '@crosswind/assembly/functions';
import type { LogLine } from '../../src/logs/log-event.ts';
import type { FunctionError } from '../../src/lambda/execution-environment.ts';
import { closingLines, type EndedInvocation, FunctionLines, openingLines } from '../../src/lambda/invocation-log.ts';
import { functionWith } from './function-with.ts';

const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const text = () => functionWith('', { memoryMegabytes: 256 });
const json = (systemLevel = 'INFO') => ({ ...text(), jsonLogs: { applicationLevel: 'INFO', systemLevel } });

/** The lines of Lambda itself around those of the function. */
const around = (fn: FunctionResource, difference: Partial<EndedInvocation>): readonly LogLine[] => {
  const invocation = { requestId: 'one', startedAt, endedAt: startedAt + 12.345, milliseconds: 12.345 };
  const result = { ok: true, payload: '1' } as const;
  return [...openingLines(fn, invocation), ...closingLines(fn, { ...invocation, result, ...difference })];
};

const failed = (error: FunctionError): Partial<EndedInvocation> => ({ result: { ok: false, error } });
const timedOut = failed({
  errorType: 'Sandbox.Timedout',
  errorMessage: 'RequestId: one Error: Task timed out after 3.00 seconds',
});
const thrown = failed({ errorType: 'TypeError', errorMessage: 'no', trace: ['TypeError: no', '    at handler'] });
const exited = failed({
  errorType: 'Runtime.ExitError',
  errorMessage: 'RequestId: one Error: Runtime exited with error: exit status 1',
});

const report = 'REPORT RequestId: one\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 256 MB';

describe('the log of an invocation in text', () => {
  const messagesOf = (difference: Partial<EndedInvocation> = {}): readonly string[] =>
    around(text(), difference).map(({ message }) => message);

  test.each<[string, Partial<EndedInvocation>, readonly string[]]>([
    ['that succeeded', {}, ['END RequestId: one', report]],
    [
      'that timed out',
      timedOut,
      [
        '2026-01-02T03:04:05.012Z one Task timed out after 3.00 seconds',
        'END RequestId: one',
        `${report}\tStatus: timeout`,
      ],
    ],
    [
      'whose handler threw',
      thrown,
      [
        '2026-01-02T03:04:05.012Z\tone\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"no","stack":["TypeError: no","    at handler"]}',
        'END RequestId: one',
        `${report}\tStatus: error\tError Type: TypeError`,
      ],
    ],
    [
      'whose process ended',
      exited,
      [
        'RequestId: one Error: Runtime exited with error: exit status 1\nRuntime.ExitError',
        'END RequestId: one',
        `${report}\tStatus: error\tError Type: Runtime.ExitError`,
      ],
    ],
  ])('%s', (_, difference, expected) => {
    expect(messagesOf(difference)).toEqual(['START RequestId: one Version: $LATEST', ...expected]);
  });
});

test('each line of a function has the time at which it began, however it was cut', () => {
  const lines = new FunctionLines();
  expect(lines.add('one\ntw', 2)).toEqual([{ timestamp: 2, message: 'one' }]);
  expect(lines.add('o\n\nthree\rof two', 7)).toEqual([{ timestamp: 2, message: 'two' }]);
  expect(lines.rest()).toEqual([{ timestamp: 7, message: 'three\nof two' }]);
  expect(lines.rest()).toEqual([]);
});

describe('the log of an invocation in JSON', () => {
  const eventsOf = (difference: Partial<EndedInvocation> = {}, level?: string): readonly unknown[] =>
    around(json(level), difference).map(({ message }) => JSON.parse(message) as unknown);

  const start = {
    time: '2026-01-02T03:04:05.000Z',
    type: 'platform.start',
    record: { requestId: 'one', version: '$LATEST' },
  };
  const ended = (rest: object) => ({
    time: '2026-01-02T03:04:05.012Z',
    type: 'platform.report',
    record: { requestId: 'one', metrics: { durationMs: 12.345, billedDurationMs: 13, memorySizeMB: 256 }, ...rest },
  });

  test('has its start and its report', () => {
    expect(eventsOf()).toEqual([start, ended({ status: 'success' })]);
  });

  test('has the error of a handler, and says so in its report', () => {
    expect(eventsOf(thrown)).toEqual([
      start,
      expect.objectContaining({ level: 'ERROR', requestId: 'one' }),
      ended({ status: 'error', errorType: 'TypeError' }),
    ]);
    expect(eventsOf(timedOut)).toEqual([start, ended({ status: 'timeout' })]);
  });

  test('has nothing of Lambda but failures at the level WARN', () => {
    expect(eventsOf({}, 'WARN')).toEqual([]);
    expect(eventsOf(timedOut, 'WARN')).toEqual([ended({ status: 'timeout' })]);
  });
});
