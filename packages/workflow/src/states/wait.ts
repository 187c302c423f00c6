import { bindingsOf } from '../expressions/bindings.ts';
import type { WaitState } from '../definition/definition.ts';
import { evaluateAs } from '../expressions/expressions.ts';
import type { Json } from '@crosswind/aws/json';
import { pathValue } from '../expressions/jsonpath/resolve.ts';
import { MAX_SECONDS, MAX_WAIT_UNTIL_SECONDS } from '../limits.ts';
import { asText, integerField } from '../expressions/number-field.ts';
import { EvaluationFailed, PathFailed } from '../expressions/query.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Waits for a number of seconds or until a timestamp. A timestamp in the past causes no wait. */
export async function wait(turn: Turn, id: ThreadId, state: WaitState): Promise<void> {
  const until = await moment(turn, id, state);
  if (until <= turn.at) {
    turn.jobs.push({ kind: 'succeed', thread: id });
    return;
  }
  if (until - turn.at > MAX_WAIT_UNTIL_SECONDS * 1000) throw new PathFailed('Wait state delay is too long.');
  const timer = `wait-${turn.thread(id).visit.enteredEventId}`;
  turn.await(id, { kind: 'wait', timer });
  turn.emit({ kind: 'timer', timer, at: until });
}

async function moment(turn: Turn, id: ThreadId, state: WaitState): Promise<number> {
  const bindings = bindingsOf(turn, id);
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
  if (SecondsPath !== undefined) return turn.at + secondsAt(SecondsPath, pathValue(SecondsPath, bindings)) * 1000;
  if (TimestampPath !== undefined) return momentAt(TimestampPath, pathValue(TimestampPath, bindings));
  if (Timestamp === undefined) {
    const seconds = (await integerField({ Seconds }, 'Seconds', bindings, [0, MAX_SECONDS])) ?? 0;
    return turn.at + seconds * 1000;
  }
  const text = await evaluateAs('string', Timestamp, 'Timestamp', bindings);
  const parsed = parseTimestamp(text);
  if (parsed !== undefined) return parsed;
  // Here AWS names the state's entry as the cause, although an expression that fails is caused by what came before.
  turn.visit(id, { cameFromEventId: turn.thread(id).visit.enteredEventId });
  throw new EvaluationFailed(
    'Timestamp',
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
  );
}

function secondsAt(path: string, value: Json): number {
  const seconds = Number(asText(value) || NaN);
  const named = `${path} == ${asText(value)}`;
  if (!Number.isInteger(seconds)) {
    throw new PathFailed(`The SecondsPath parameter cannot be parsed as a long value: ${named}`);
  }
  if (seconds < 0) throw new PathFailed(`The SecondsPath parameter references a negative value: ${named}`);
  if (seconds <= MAX_SECONDS) return seconds;
  throw new PathFailed(`The SecondsPath parameter references a value above ${MAX_SECONDS}: ${named}`);
}

function momentAt(path: string, value: Json): number {
  const parsed = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (parsed !== undefined) return parsed;
  throw new PathFailed(
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ' +
      `${path} == ${asText(value)}`,
  );
}
