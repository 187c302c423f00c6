import { parseDefinition } from '../definition/parse-definition.ts';
import { newExecution, step } from '../execution/execution.ts';
import type { ExecutionIdentity } from '../execution/identity.ts';
import type { ExecutionEvent } from '../execution/protocol.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { causeOf } from './cause.ts';
import { Pairing } from './pairing.ts';
import type { Difference, RecordedEvent } from './recorded.ts';

export type { Difference, RecordedEvent } from './recorded.ts';

export interface Recording {
  readonly definition: JsonObject;
  readonly input: Json;
  readonly identity: ExecutionIdentity;
  /** By ascending ids, without a gap from 1 on. */
  readonly events: readonly RecordedEvent[];
}

export interface Replay {
  /** Events that are the same in both. */
  readonly same: number;
  /** Absent if none differs. */
  readonly difference?: Difference;
  /** Why the replay ended before the recording; absent if it did not. */
  readonly unknown?: string;
}

/**
 * Runs a Standard execution once more: with the same input, and with the results that were recorded, at the times at which they
 * were recorded. Nothing is called.
 *
 * @throws RangeError if the definition is none
 */
export async function replay({ definition, input, identity, events }: Recording): Promise<Replay> {
  const parsed = parseDefinition(definition, 'STANDARD');
  if (!parsed.ok) throw new RangeError(parsed.problems.join('\n'));
  const pairing = new Pairing(events);
  let state = newExecution(parsed.machine, identity, 'STANDARD', input);
  const tell = async (event: ExecutionEvent): Promise<Difference | undefined> => {
    const [next, effects] = await step(state, event);
    state = next;
    for (const effect of effects) {
      const difference = effect.kind === 'history' ? pairing.add(effect.event) : undefined;
      if (difference) return difference;
    }
    return undefined;
  };
  const started = await tell({ kind: 'started', at: events[0]?.at ?? identity.startedAt });
  if (started) return result(pairing, events, started);
  for (const event of events) {
    if (pairing.replayed(event.id) !== undefined) continue;
    const last = pairing.replayed(event.previous);
    const cause = last === undefined ? undefined : causeOf(event, { state, last, recorded: events });
    if (cause?.kind === 'unknown') return { same: pairing.size, unknown: cause.sentence };
    const difference = cause && (await tell({ ...cause.event, at: event.at }));
    if (difference) return result(pairing, events, difference);
    if (pairing.replayed(event.id) === undefined)
      return result(pairing, events, { event: event.id, field: 'type', recorded: event.type });
  }
  return { same: pairing.size };
}

/** An event that was paired and differs in a detail is not the same. */
function result(pairing: Pairing, events: readonly RecordedEvent[], difference: Difference): Replay {
  const { event } = difference;
  if (event !== undefined) return { same: pairing.size - (pairing.replayed(event) === undefined ? 0 : 1), difference };
  const { firstOpen } = pairing;
  // A recording that is not over has no more to compare with.
  if (!firstOpen && !isOver(events)) return { same: pairing.size };
  return { same: pairing.size, difference: { ...difference, event: firstOpen?.id, recorded: firstOpen?.type } };
}

const isOver = (events: readonly RecordedEvent[]): boolean =>
  /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(events.at(-1)?.type ?? '');
