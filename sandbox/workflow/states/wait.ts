import { bindingsOf, integerField } from '../bindings.ts';
import type { WaitState } from '../definition.ts';
import { EvaluationFailed, evaluateAs } from '../expressions.ts';
import { MAX_SECONDS } from '../limits.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { ThreadId } from '../thread.ts';
import type { Turn } from '../turn.ts';

/** Waits for a number of seconds or until a moment; a moment that has passed is no wait. */
export async function wait(turn: Turn, id: ThreadId, state: WaitState): Promise<void> {
  const until = await moment(turn, id, state);
  if (until <= turn.at) {
    turn.jobs.push({ kind: 'succeed', thread: id });
    return;
  }
  const timer = `wait-${turn.thread(id).visit.enteredEventId}`;
  turn.await(id, { kind: 'wait', timer });
  turn.emit({ kind: 'timer', timer, at: until });
}

async function moment(turn: Turn, id: ThreadId, { Seconds, Timestamp }: WaitState): Promise<number> {
  const bindings = bindingsOf(turn, id);
  if (Timestamp === undefined) {
    const seconds = await integerField(Seconds ?? 0, 'Seconds', bindings, [0, MAX_SECONDS]);
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
