import type { FunctionResource } from '@crosswind/assembly/functions';
import type { LogLine } from '../logs/log-event.ts';
import type { FunctionError, InvocationResult, LogChunk } from './execution-environment.ts';

export interface LoggedInvocation {
  readonly requestId: string;
  /** When it began, in milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
  /** How long it took. */
  readonly milliseconds: number;
  readonly log: readonly LogChunk[];
  readonly result: InvocationResult;
}

/** Entries of one invocation: Lambda's own lines around those of the function. */
export function invocationLog(fn: FunctionResource, invocation: LoggedInvocation): readonly LogLine[] {
  const lines = linesOf(invocation);
  return fn.jsonLogs ? inJson(fn, invocation, lines) : inText(fn, invocation, lines);
}

/** Lines that the function wrote; one event of several lines has carriage returns between them. */
function linesOf({ startedAt, milliseconds, log }: LoggedInvocation): readonly LogLine[] {
  const entries: LogLine[] = [];
  let open = '';
  let after = 0;
  const add = (): void => {
    const timestamp = startedAt + Math.min(after, milliseconds);
    if (open !== '') entries.push({ timestamp, message: open.replaceAll('\r', '\n') });
  };
  for (const chunk of log) {
    const [rest = '', ...lines] = chunk.text.split('\n');
    if (open === '') after = chunk.after;
    open += rest;
    for (const line of lines) {
      add();
      open = line;
      after = chunk.after;
    }
  }
  add();
  return entries;
}

/** Text (monitoring-cloudwatchlogs-view); memory used and initialization are not measured, and left out. */
function inText(
  { memoryMegabytes }: FunctionResource,
  { requestId, startedAt, milliseconds, result }: LoggedInvocation,
  lines: readonly LogLine[],
): readonly LogLine[] {
  const endedAt = startedAt + milliseconds;
  const status = statusOf(result);
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${milliseconds.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(milliseconds)} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    ...(status === 'success' ? [] : [`Status: ${status}`]),
    ...(result.ok || status !== 'error' ? [] : [`Error Type: ${result.error.errorType}`]),
  ];
  return [
    { timestamp: startedAt, message: `START RequestId: ${requestId} Version: $LATEST` },
    ...lines,
    ...(result.ok ? [] : [{ timestamp: endedAt, message: failureText(requestId, endedAt, result.error) }]),
    { timestamp: endedAt, message: `END RequestId: ${requestId}` },
    { timestamp: endedAt, message: fields.join('\t') },
  ];
}

/** Line of the runtime about an error that the handler did not catch, or of Lambda about a process that ended. */
function failureText(requestId: string, at: number, { errorType, errorMessage, trace = [] }: FunctionError): string {
  const time = isoTime(at);
  if (isTimeout(errorType)) return `${time} ${requestId} ${errorMessage.replace(/^.*Error: /, '')}`;
  if (errorType === 'Runtime.ExitError') return `${errorMessage}\n${errorType}`;
  const error = JSON.stringify({ errorType, errorMessage, stack: trace });
  return `${time}\t${requestId}\tERROR\tInvoke Error \t${error}`;
}

/** JSON (monitoring-cloudwatchlogs-advanced): platform.start and platform.report, by the level of the system's log. */
function inJson(
  { jsonLogs, memoryMegabytes }: FunctionResource,
  { requestId, startedAt, milliseconds, result }: LoggedInvocation,
  lines: readonly LogLine[],
): readonly LogLine[] {
  const endedAt = startedAt + milliseconds;
  const status = statusOf(result);
  const platform = (at: number, event: string, record: object): LogLine => ({
    timestamp: at,
    message: JSON.stringify({ time: isoTime(at), type: `platform.${event}`, record: { requestId, ...record } }),
  });
  const metrics = {
    durationMs: Math.round(milliseconds * 1_000) / 1_000,
    billedDurationMs: Math.ceil(milliseconds),
    memorySizeMB: memoryMegabytes,
  };
  const errorType = !result.ok && status === 'error' ? { errorType: result.error.errorType } : {};
  const isQuiet = jsonLogs?.systemLevel === 'WARN';
  return [
    ...(isQuiet ? [] : [platform(startedAt, 'start', { version: '$LATEST' })]),
    ...lines,
    ...(result.ok || status === 'timeout' ? [] : [failureJson(requestId, endedAt, result.error)]),
    ...(isQuiet && result.ok ? [] : [platform(endedAt, 'report', { metrics, status, ...errorType })]),
  ];
}

const failureJson = (requestId: string, at: number, { errorType, errorMessage, trace }: FunctionError): LogLine => ({
  timestamp: at,
  message: JSON.stringify({
    timestamp: isoTime(at),
    level: 'ERROR',
    requestId,
    message: { errorType, errorMessage, stackTrace: trace ?? [] },
  }),
});

const isTimeout = (errorType: string): boolean => errorType === 'Sandbox.Timedout';

function statusOf(result: InvocationResult): 'success' | 'error' | 'timeout' {
  if (result.ok) return 'success';
  return isTimeout(result.error.errorType) ? 'timeout' : 'error';
}

const isoTime = (at: number): string => new Date(Math.floor(at)).toISOString();
