import type { FunctionResource } from '@crosswind/assembly/functions';
import type { LogLine } from '../logs/log-event.ts';
import type { FunctionError, InvocationResult } from './execution-environment.ts';

/** An invocation that begins. */
export interface BegunInvocation {
  readonly requestId: string;
  /** When it began, in milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
}

/** An invocation that has ended. */
export interface EndedInvocation {
  readonly requestId: string;
  /** When it ended, in milliseconds since the epoch, in virtual time. */
  readonly endedAt: number;
  /** How long it took. */
  readonly milliseconds: number;
  readonly result: InvocationResult;
}

/** Lambda's own lines before those of the function. */
export function openingLines(fn: FunctionResource, { requestId, startedAt }: BegunInvocation): readonly LogLine[] {
  if (!fn.jsonLogs) return [{ timestamp: startedAt, message: `START RequestId: ${requestId} Version: $LATEST` }];
  return isQuiet(fn) ? [] : [platformLine(startedAt, 'start', { requestId, version: '$LATEST' })];
}

/** Lambda's own lines after those of the function. */
export const closingLines = (fn: FunctionResource, invocation: EndedInvocation): readonly LogLine[] =>
  fn.jsonLogs ? inJson(fn, invocation) : inText(fn, invocation);

/** Lines in the text that a function writes bit by bit; one event of several lines has carriage returns between them. */
export class FunctionLines {
  #open = '';
  #openedAt = 0;

  /**
   * Returns the lines that this text ends.
   * @param at milliseconds since the epoch, in virtual time
   */
  add(text: string, at: number): readonly LogLine[] {
    const [rest = '', ...lines] = text.split('\n');
    if (this.#open === '') this.#openedAt = at;
    this.#open += rest;
    return lines.flatMap((line) => {
      const ended = this.rest();
      this.#open = line;
      this.#openedAt = at;
      return ended;
    });
  }

  /** Returns what is written of a line that has not ended. */
  rest(): readonly LogLine[] {
    const message = this.#open.replaceAll('\r', '\n');
    this.#open = '';
    return message === '' ? [] : [{ timestamp: this.#openedAt, message }];
  }
}

/** Text (monitoring-cloudwatchlogs-view); memory used and initialization are not measured, and left out. */
function inText(
  { memoryMegabytes }: FunctionResource,
  { requestId, endedAt, milliseconds, result }: EndedInvocation,
): readonly LogLine[] {
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
  fn: FunctionResource,
  { requestId, endedAt, milliseconds, result }: EndedInvocation,
): readonly LogLine[] {
  const status = statusOf(result);
  const metrics = {
    durationMs: Math.round(milliseconds * 1_000) / 1_000,
    billedDurationMs: Math.ceil(milliseconds),
    memorySizeMB: fn.memoryMegabytes,
  };
  const errorType = !result.ok && status === 'error' ? { errorType: result.error.errorType } : {};
  const report = platformLine(endedAt, 'report', { requestId, metrics, status, ...errorType });
  return [
    ...(result.ok || status === 'timeout' ? [] : [failureJson(requestId, endedAt, result.error)]),
    ...(isQuiet(fn) && result.ok ? [] : [report]),
  ];
}

const platformLine = (at: number, event: string, record: object): LogLine => ({
  timestamp: at,
  message: JSON.stringify({ time: isoTime(at), type: `platform.${event}`, record }),
});

const isQuiet = ({ jsonLogs }: FunctionResource): boolean => jsonLogs?.systemLevel === 'WARN';

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
