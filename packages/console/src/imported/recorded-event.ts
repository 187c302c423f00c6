import { isObject, type Json, textOf } from '@crosswind/aws/json';
import type { SourceEvent } from '../server/source.ts';
import { quoted, WrongInput } from './wrong-input.ts';

/**
 * An event as GetExecutionHistory gives it, its timestamp in milliseconds since the epoch.
 *
 * @param place of the event, for people
 * @throws WrongInput
 */
export function recordedEvent(event: Json, place: string): SourceEvent {
  if (!isObject(event)) throw new WrongInput(`${place}: expected an event, got ${quoted(JSON.stringify(event))}`);
  const { id, previousEventId = 0, timestamp, type } = event;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1)
    throw new WrongInput(`${place}.id: expected a whole number from 1 on, got ${quoted(came(id))}${logHint(event)}`);
  if (typeof type !== 'string' || type === '')
    throw new WrongInput(`${place}.type: expected a type of event such as "TaskScheduled", got ${quoted(came(type))}`);
  if (typeof previousEventId !== 'number' || !Number.isInteger(previousEventId) || previousEventId < 0)
    throw new WrongInput(`${place}.previousEventId: expected the id of an event, got ${quoted(came(previousEventId))}`);
  if (type === 'ExecutionRedriven')
    throw new WrongInput(
      `${place}: the execution was redriven, and the history of a redriven execution is not supported; one that was never redriven is`,
    );
  return { ...event, id, previousEventId, type, timestamp: timeOf(timestamp, `${place}.timestamp`) };
}

const came = (value: Json | undefined): string => (value === undefined ? 'nothing' : textOf(value) || 'null');

/** Events of CloudWatch Logs have a message instead: an Express execution writes its history there. */
const logHint = (event: Json): string =>
  isObject(event) && typeof event['message'] === 'string'
    ? '; these are events of CloudWatch Logs, and the logs of Express executions are not supported: a Standard execution has a history'
    : '';

/** Seconds since the epoch are below this, milliseconds above it. */
const mostSeconds = 100_000_000_000;

/**
 * A timestamp in milliseconds since the epoch: the command line prints ISO 8601, its first version seconds since the epoch.
 * https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html
 *
 * @throws WrongInput
 */
export function timeOf(value: Json | undefined, place: string): number {
  if (typeof value === 'number' && value > 0) return Math.round(value < mostSeconds ? value * 1_000 : value);
  const hasZone = typeof value === 'string' && /(Z|[+-]\d\d:?\d\d)$/i.test(value);
  const time = hasZone ? Date.parse(value.replace(' ', 'T')) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new WrongInput(
    `${place}: expected seconds since the epoch or a time such as "2026-11-27T05:30:20.000000+00:00", got ${quoted(came(value))}`,
  );
}
