import { bindingsOf } from '../expressions/bindings.ts';
import type { Leaving } from '../definition/definition.ts';
import { evaluate } from '../expressions/expressions.ts';
import { dataLimitExceeded, StateFailed } from './failure.ts';
import { payload } from './history.ts';
import { byteLength } from '../json.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { pathOutput } from '../expressions/jsonpath/output.ts';
import { MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { Bindings } from '../expressions/query.ts';
import { IDLE } from './thread.ts';
import type { ThreadId, Visit } from './thread.ts';
import type { Turn } from './turn.ts';
import { assigned, assignedDetails } from './variables.ts';

interface Departure {
  /** Where `Output`, `ResultPath` and `Assign` stand: the state, or the rule or catcher that was chosen. */
  readonly leaving: Leaving;
  /** Absent: the thread is done. */
  readonly next?: string;
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
  /** Path of `leaving` inside the state, for error texts. */
  readonly path?: string;
}

/**
 * Leaves the state: output and variables see the same variables, those from before this state.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export async function leave(turn: Turn, id: ThreadId, departure: Departure): Promise<void> {
  const { leaving, next, result, errorOutput, path = '' } = departure;
  const { visit, variables } = turn.thread(id);
  const bindings = bindingsOf(turn, id, { result, errorOutput });
  const output =
    bindings.language === 'JSONPath'
      ? pathOutput(turn.state(id), visit.input, departure, bindings)
      : await jsonataOutput(visit.input, departure, bindings);
  const values = leaving.Assign && (await assigned(leaving.Assign, path, bindings));
  if (byteLength(output) > MAX_PAYLOAD_BYTES) throw new StateFailed(dataLimitExceeded(visit.state));

  turn.settle(id);
  if (values) turn.put(id, { variables: { ...variables, ...values } });
  turn.record(id, `${turn.state(id).Type}StateExited`, {
    name: visit.state,
    ...payload('output', output),
    ...(values && assignedDetails(values)),
  });
  if (next === undefined) {
    turn.put(id, { output });
    turn.jobs.push({ kind: 'thread-succeeded', thread: id, output });
    return;
  }
  turn.visit(id, atTheDoor(next, output));
  turn.jobs.push({ kind: 'enter', thread: id, state: next, input: output });
}

/** Between two states a thread counts as in the next one, which it has not entered. */
const atTheDoor = (state: string, input: Json): Partial<Visit> => ({
  state,
  input,
  enteredEventId: 0,
  activity: IDLE,
  interrupted: undefined,
  mapRunArn: undefined,
});

async function jsonataOutput(input: Json, departure: Departure, bindings: Bindings): Promise<Json> {
  const { leaving, result, errorOutput, path = '' } = departure;
  if (leaving.Output === undefined) return errorOutput ?? result ?? input;
  return evaluate(leaving.Output, `${path}Output`, bindings);
}
