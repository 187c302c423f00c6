import { bindingsOf } from './bindings.ts';
import type { Leaving } from './definition.ts';
import { evaluate } from './expressions.ts';
import type { Bindings } from './expressions.ts';
import { dataLimitExceeded, StateFailed } from './failure.ts';
import { payload } from './history.ts';
import { byteLength } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { MAX_PAYLOAD_BYTES } from './limits.ts';
import type { ThreadId } from './thread.ts';
import type { Turn } from './turn.ts';

interface Departure {
  /** Where `Output` and `Assign` stand: the state, or the rule or catcher that was chosen. */
  readonly leaving: Leaving;
  /** Absent: the thread is done. */
  readonly next?: string;
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
  /** Path of `leaving` inside the state, for error texts. */
  readonly path?: string;
}

/**
 * Leaves the state: `Output` and `Assign` see the same variables, those from before this state.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export async function leave(turn: Turn, id: ThreadId, departure: Departure): Promise<void> {
  const { leaving, next, result, errorOutput, path = '' } = departure;
  const { visit, variables } = turn.thread(id);
  const bindings = bindingsOf(turn, id, { result, errorOutput });
  const unchanged = errorOutput ?? result ?? visit.input;
  const output = leaving.Output === undefined ? unchanged : await evaluate(leaving.Output, `${path}Output`, bindings);
  const assigned = await assignments(leaving, path, bindings);
  if (byteLength(output) > MAX_PAYLOAD_BYTES) throw new StateFailed(dataLimitExceeded(visit.state));

  turn.settle(id);
  turn.put(id, { variables: { ...variables, ...assigned } });
  turn.record(id, `${turn.state(id).Type}StateExited`, {
    name: visit.state,
    ...payload('output', output),
    ...(assigned && assignedDetails(assigned)),
  });
  turn.jobs.push(
    next === undefined
      ? { kind: 'thread-succeeded', thread: id, output }
      : { kind: 'enter', thread: id, state: next, input: output },
  );
}

async function assignments({ Assign }: Leaving, path: string, bindings: Bindings): Promise<JsonObject | undefined> {
  if (Assign === undefined) return undefined;
  const assigned: Record<string, Json> = {};
  for (const [name, each] of Object.entries(Assign)) {
    assigned[name] = await evaluate(each, `${path}Assign/${name}`, bindings);
  }
  return assigned;
}

const assignedDetails = (assigned: JsonObject): JsonObject => ({
  assignedVariables: Object.fromEntries(Object.entries(assigned).map(([name, each]) => [name, JSON.stringify(each)])),
  assignedVariablesDetails: { truncated: false },
});
