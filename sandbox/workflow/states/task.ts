import { bindingsOf } from '../bindings.ts';
import type { TaskState } from '../definition.ts';
import { argumentsOf, evaluateAs } from '../expressions.ts';
import { dataLimitExceeded, StateFailed } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { payload, taskEvents } from '../history.ts';
import { placeOf } from '../identity.ts';
import { byteLength } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { MAX_PAYLOAD_BYTES, MAX_SECONDS } from '../limits.ts';
import { integerField } from '../number-field.ts';
import { timeoutOf } from '../protocol.ts';
import type { TaskFailure } from '../protocol.ts';
import { PathFailed } from '../query.ts';
import type { Bindings } from '../query.ts';
import type { ThreadId } from '../thread.ts';
import type { Turn } from '../turn.ts';

/** Schedules the task, and the timer that gives it up. */
export async function scheduleTask(turn: Turn, id: ThreadId, state: TaskState): Promise<void> {
  const bindings = bindingsOf(turn, id);
  const { visit } = turn.thread(id);
  const input = await argumentsOf(state.Arguments, 'Arguments', bindings);
  const seconds = await integerField(state, 'TimeoutSeconds', bindings, [1, MAX_SECONDS]);
  const roleArn = await roleOf(state, bindings);
  if (byteLength(input) > MAX_PAYLOAD_BYTES) throw new StateFailed(dataLimitExceeded(visit.state));

  const credentials = roleArn === undefined ? undefined : { roleArn };
  const scheduled = recordScheduled(turn, id, state.Resource, input, {
    ...(seconds !== undefined && { timeoutInSeconds: seconds }),
    ...(credentials && { taskCredentials: credentials }),
  });
  const task = `task-${scheduled}`;
  turn.emit({ kind: 'task', task, state: visit.state, resource: state.Resource, arguments: input, credentials });
  const timeout = seconds === undefined ? undefined : timeoutOf(task);
  turn.await(id, { kind: 'task', task, timeout });
  if (seconds !== undefined && timeout !== undefined) {
    turn.emit({ kind: 'timer', timer: timeout, at: turn.at + seconds * 1000 });
  }
}

async function roleOf({ Credentials }: TaskState, bindings: Bindings): Promise<string | undefined> {
  if (!Credentials) return undefined;
  if (bindings.language === 'JSONata') {
    return evaluateAs('string', Credentials['RoleArn'] ?? null, 'Credentials/RoleArn', bindings);
  }
  const { RoleArn = null } = await evaluateAs('object', Credentials, 'Credentials', bindings);
  if (typeof RoleArn === 'string') return RoleArn;
  throw new PathFailed(`The field 'Credentials/RoleArn' must be of type string but was: ${JSON.stringify(RoleArn)}`);
}

function recordScheduled(turn: Turn, id: ThreadId, resource: string, input: Json, extra: JsonObject): number {
  const { family, service } = taskEvents(resource);
  const { region } = placeOf(turn.before.identity.stateMachineArn);
  return family === 'Task'
    ? turn.record(id, 'TaskScheduled', { ...service, region, parameters: JSON.stringify(input), ...extra })
    : turn.record(id, 'LambdaFunctionScheduled', { resource, ...payload('input', input), ...extra });
}

export function taskStarted(turn: Turn, id: ThreadId, { Resource }: TaskState): void {
  const { family, service } = taskEvents(Resource);
  turn.record(id, `${family}Started`, family === 'Task' ? service : undefined);
}

export function taskSubmitted(turn: Turn, id: ThreadId, { Resource }: TaskState, output: Json): void {
  turn.record(id, 'TaskSubmitted', { ...taskEvents(Resource).service, ...payload('output', output) });
}

export function taskSucceeded(turn: Turn, id: ThreadId, { Resource }: TaskState, output: Json): void {
  const { family, service, blamed } = taskEvents(Resource);
  if (byteLength(output) > MAX_PAYLOAD_BYTES) {
    taskEnded(turn, id, 'Failed', Resource, { ...dataLimitExceeded(blamed), reportedByTask: true });
    return;
  }
  stopTimer(turn, id);
  turn.record(id, `${family}Succeeded`, { ...service, ...payload('output', output) });
  turn.jobs.push({ kind: 'succeed', thread: id, result: output });
}

const ENDINGS = {
  'task-start-failed': 'StartFailed',
  'task-submit-failed': 'SubmitFailed',
  'task-failed': 'Failed',
} as const;

export function taskFailed(turn: Turn, id: ThreadId, { Resource }: TaskState, event: TaskFailure): void {
  taskEnded(turn, id, ENDINGS[event.kind], Resource, { error: event.error, cause: event.cause, reportedByTask: true });
}

/** The task's own timer went off: the task is given up and fails with `States.Timeout`. */
export function taskTimedOut(turn: Turn, id: ThreadId, { Resource }: TaskState): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind === 'task') turn.emit({ kind: 'cancel-task', task: activity.task });
  turn.settle(id);
  taskEnded(turn, id, 'TimedOut', Resource, { error: 'States.Timeout' });
}

function taskEnded(turn: Turn, id: ThreadId, ending: string, resource: string, failure: Failure): void {
  const { family, service } = taskEvents(resource);
  stopTimer(turn, id);
  turn.record(id, `${family}${ending}`, { ...service, error: failure.error, cause: failure.cause });
  turn.jobs.push({ kind: 'fail', thread: id, failure });
}

function stopTimer(turn: Turn, id: ThreadId): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind === 'task' && activity.timeout !== undefined) {
    turn.emit({ kind: 'cancel-timer', timer: activity.timeout });
  }
  turn.settle(id);
}
