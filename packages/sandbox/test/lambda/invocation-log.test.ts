import { describe, expect, test } from 'vitest';
import type { FunctionError } from '../../src/lambda/execution-environment.ts';
import { invocationLog, type LoggedInvocation } from '../../src/lambda/invocation-log.ts';
import { functionWith } from './function-with.ts';

const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const text = () => functionWith('', { memoryMegabytes: 256 });
const json = (systemLevel = 'INFO') => ({ ...text(), jsonLogs: { applicationLevel: 'INFO', systemLevel } });

const invocation = (difference: Partial<LoggedInvocation> = {}): LoggedInvocation => ({
  requestId: 'one',
  startedAt,
  milliseconds: 12.345,
  log: [],
  result: { ok: true, payload: '1' },
  ...difference,
});

const failed = (error: FunctionError): Partial<LoggedInvocation> => ({ result: { ok: false, error } });
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
  const messagesOf = (difference: Partial<LoggedInvocation> = {}): readonly string[] =>
    invocationLog(text(), invocation(difference)).map(({ message }) => message);

  test.each<[string, Partial<LoggedInvocation>, readonly string[]]>([
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

  test('has each line of the function at the time at which it began, however it was cut', () => {
    const log = [
      { text: 'one\ntw', after: 2 },
      { text: 'o\n\nthree\rof two', after: 7 },
    ];
    const lines = invocationLog(text(), invocation({ log })).slice(1, -2);
    expect(lines).toEqual([
      { timestamp: startedAt + 2, message: 'one' },
      { timestamp: startedAt + 2, message: 'two' },
      { timestamp: startedAt + 7, message: 'three\nof two' },
    ]);
  });
});

describe('the log of an invocation in JSON', () => {
  const eventsOf = (difference: Partial<LoggedInvocation> = {}, level?: string): readonly unknown[] =>
    invocationLog(json(level), invocation(difference)).map(({ message }) => JSON.parse(message) as unknown);

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
    const log = [{ text: '{"level":"INFO"}\n', after: 1 }];
    expect(eventsOf({ log })).toEqual([start, { level: 'INFO' }, ended({ status: 'success' })]);
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
