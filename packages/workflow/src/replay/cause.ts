import { isDistributed, type State } from '../definition/definition.ts';
import type { Json } from '@crosswind/aws/json';
import { EXECUTION_TIMEOUT } from '../execution/ending.ts';
import type { ExecutionEvent } from '../execution/protocol.ts';
import type { Activity, Thread } from '../execution/thread.ts';
import type { ExecutionState } from '../execution/turn.ts';
import type { RecordedEvent } from './recorded.ts';

type Untimed = ExecutionEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;

/** Cause of a recorded event: news from outside, or a result that the history does not have. */
export type Cause =
  | { readonly kind: 'event'; readonly event: Untimed }
  | { readonly kind: 'unknown'; readonly sentence: string }
  | undefined;

/**
 * Cause of a recorded event that the replay does not have yet; undefined if the replay waits for nothing of its kind.
 *
 * @param recorded all events by their ids
 * @param last id that the event before has in the replay
 */
export function causeOf(
  event: RecordedEvent,
  {
    state,
    last,
    recorded,
  }: { readonly state: ExecutionState; readonly last: number; readonly recorded: readonly RecordedEvent[] },
): Cause {
  const { error, cause } = failureIn(event);
  if (event.type === 'ExecutionAborted') return { kind: 'event', event: { kind: 'stopped', error, cause } };
  if (event.type === 'ExecutionTimedOut') return { kind: 'event', event: { kind: 'timer', timer: EXECUTION_TIMEOUT } };
  const thread = [...state.threads.values()].find(({ lastEventId }) => lastEventId === last);
  if (!thread) return undefined;
  const { activity } = thread.visit;
  switch (activity.kind) {
    case 'wait':
    case 'retry':
    case 'throttled':
      return { kind: 'event', event: { kind: 'timer', timer: activity.timer } };
    case 'task':
      return taskCause(event, activity);
    case 'map-run':
      return mapRunCause(event, activity.task, thread, recorded);
    case 'none':
    case 'children':
      return undefined;
  }
}

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const failureIn = ({ details }: RecordedEvent) => ({ error: text(details['error']), cause: text(details['cause']) });

const told = (event: Untimed): Cause => ({ kind: 'event', event });

function taskCause(event: RecordedEvent, activity: Extract<Activity, { kind: 'task' }>): Cause {
  const { task, timeout, heartbeat } = activity;
  const [, what] = /^(?:Task|LambdaFunction|Activity)(\w+)$/.exec(event.type) ?? [];
  const failure = failureIn(event);
  switch (what) {
    case 'Started':
      return told({ kind: 'task-started', task });
    case 'Submitted':
    case 'Succeeded': {
      const output = jsonIn(event.details['output']);
      if (output === undefined) return withoutData(event);
      return told({ kind: what === 'Submitted' ? 'task-submitted' : 'task-succeeded', task, output });
    }
    case 'StartFailed':
    case 'ScheduleFailed':
      return told({ kind: 'task-start-failed', task, ...failure });
    case 'SubmitFailed':
      return told({ kind: 'task-submit-failed', task, ...failure });
    case 'Failed':
      return told({ kind: 'task-failed', task, ...failure });
    case 'TimedOut': {
      const timer = failure.error === 'States.HeartbeatTimeout' ? (heartbeat ?? timeout) : (timeout ?? heartbeat);
      return timer ? told({ kind: 'timer', timer: timer.timer }) : undefined;
    }
    case undefined:
    default:
      return undefined;
  }
}

const withoutData = ({ id }: RecordedEvent): Cause => ({
  kind: 'unknown',
  sentence: `event ${id} has no output: the history was exported without execution data`,
});

function jsonIn(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

/** Fields that make something else of the result of a Map Run, which is not in the history. */
const shaping = ['ResultSelector', 'ResultPath', 'OutputPath', 'Output', 'Assign', 'ResultWriter'];

/** A Map Run has a history of its own batches: of its result, the output of its state is all that is known. */
function mapRunCause(event: RecordedEvent, task: string, thread: Thread, recorded: readonly RecordedEvent[]): Cause {
  if (event.type === 'MapRunStarted') return told({ kind: 'map-run-started', task });
  const { error = '', cause } = failureIn(event);
  if (event.type === 'MapRunFailed') return told({ kind: 'map-run-failed', task, error, cause });
  if (event.type !== 'MapRunSucceeded') return undefined;
  const name = thread.visit.state;
  const state = thread.block.States[name];
  const fields = shapingOf(state);
  if (fields.length > 0)
    return {
      kind: 'unknown',
      sentence: `the state "${name}" is a Distributed Map with ${fields.join(' and ')}: the history does not have the result of its Map Run, and so the comparison ends there`,
    };
  const exit = recorded.find(
    ({ id, type, details }) => id > event.id && type === 'MapStateExited' && details['name'] === name,
  );
  const output = exit && jsonIn(exit.details['output']);
  return output === undefined
    ? {
        kind: 'unknown',
        sentence: `the state "${name}" is a Distributed Map, and the history does not have its output`,
      }
    : told({ kind: 'map-run-succeeded', task, output });
}

function shapingOf(state: State | undefined): readonly string[] {
  if (state?.Type !== 'Map' || !isDistributed(state)) return [];
  return shaping.filter(
    (field) => Object.hasOwn(state, field) && (state as unknown as Record<string, unknown>)[field] !== undefined,
  );
}
