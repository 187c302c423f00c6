import { cancelDeadlines } from '../execution/aborting.ts';
import { bindingsOf } from '../expressions/bindings.ts';
import type { TaskState } from '../definition/definition.ts';
import { argumentsOf, evaluateAs } from '../expressions/expressions.ts';
import { dataLimitExceeded, StateFailed } from '../execution/failure.ts';
import type { Failure } from '../execution/failure.ts';
import { isActivity, payload, taskEvents, waitsForJob, waitsForToken } from '../execution/history.ts';
import { placeOf } from '../execution/identity.ts';
import { byteLength } from '../json.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { MAX_PAYLOAD_BYTES, MAX_SECONDS } from '../limits.ts';
import { integerField } from '../expressions/number-field.ts';
import { heartbeatOf, timeoutOf } from '../execution/protocol.ts';
import type { TaskFailure, TimerId } from '../execution/protocol.ts';
import { EvaluationFailed, PathFailed } from '../expressions/query.ts';
import type { Bindings } from '../expressions/query.ts';
import { taskToken } from '../execution/task-token.ts';
import type { Deadline, ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Schedules the task, and the timers that give it up. */
export async function scheduleTask(turn: Turn, id: ThreadId, state: TaskState): Promise<void> {
  const { Resource: resource } = state;
  const isShown = waitsForToken(resource) || waitsForJob(resource);
  const token = isShown || isActivity(resource) ? tokenFor(turn, id) : undefined;
  turn.visit(id, { token: isShown ? token : undefined });
  const bindings = bindingsOf(turn, id);
  const { visit } = turn.thread(id);
  const input = await argumentsOf(state.Arguments, 'Arguments', bindings);
  const limits = await limitsOf(state, bindings);
  const roleArn = await roleOf(state, bindings);
  if (byteLength(input) > MAX_PAYLOAD_BYTES) throw new StateFailed(dataLimitExceeded(visit.state));

  const credentials = roleArn === undefined ? undefined : { roleArn };
  const scheduled = recordScheduled(turn, id, resource, input, {
    ...(limits.timeout !== undefined && { timeoutInSeconds: limits.timeout }),
    ...(limits.heartbeat !== undefined && { heartbeatInSeconds: limits.heartbeat }),
    ...(credentials && { taskCredentials: credentials }),
  });
  const task = `task-${scheduled}`;
  const answered = waitsForJob(resource) ? undefined : token;
  turn.emit({ kind: 'task', task, state: visit.state, resource, arguments: input, credentials, token: answered });
  turn.await(id, {
    kind: 'task',
    task,
    timeout: deadline(timeoutOf(task), limits.timeout),
    heartbeat: deadline(heartbeatOf(task), limits.heartbeat),
  });
  if (!isActivity(resource)) setDeadlines(turn, id);
}

/** Token with which a worker or another recipient of the task answers. Each attempt has its own. */
const tokenFor = (turn: Turn, id: ThreadId): string =>
  taskToken(`${turn.before.identity.executionArn}/${id}/${turn.lastEventId}`);

interface Limits {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** How many seconds the task may take, and be silent (state-task). */
async function limitsOf(state: TaskState, bindings: Bindings): Promise<Limits> {
  const timeout = await integerField(state, 'TimeoutSeconds', bindings, [1, MAX_SECONDS]);
  const heartbeat = await integerField(state, 'HeartbeatSeconds', bindings, [1, MAX_SECONDS]);
  if (heartbeat === undefined || heartbeat < (timeout ?? Infinity)) return { timeout, heartbeat };
  const cause = `HeartbeatSeconds must be smaller than TimeoutSeconds, but they were: ${heartbeat}, ${timeout ?? ''}`;
  throw bindings.language === 'JSONata' ? new EvaluationFailed('HeartbeatSeconds', cause) : new PathFailed(cause);
}

const deadline = (timer: TimerId, seconds: number | undefined): Deadline | undefined =>
  seconds === undefined ? undefined : { timer, seconds };

/** The time of an activity counts from when a worker takes the task, that of all else from the beginning (state-task). */
function setDeadlines(turn: Turn, id: ThreadId): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind !== 'task') return;
  for (const each of [activity.timeout, activity.heartbeat]) {
    if (each) turn.emit({ kind: 'timer', timer: each.timer, at: turn.at + each.seconds * 1000 });
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
    : turn.record(id, `${family}Scheduled`, { resource, ...payload('input', input), ...extra });
}

export function taskStarted(turn: Turn, id: ThreadId, { Resource }: TaskState, workerName?: string): void {
  const { family, service } = taskEvents(Resource);
  if (family === 'Activity') setDeadlines(turn, id);
  turn.record(id, `${family}Started`, { Activity: { workerName }, Task: service, LambdaFunction: undefined }[family]);
}

/** The task may be silent again for as long as it says. */
export function taskHeartbeat(turn: Turn, id: ThreadId): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind !== 'task' || !activity.heartbeat) return;
  const { timer, seconds } = activity.heartbeat;
  turn.emit({ kind: 'cancel-timer', timer });
  turn.emit({ kind: 'timer', timer, at: turn.at + seconds * 1000 });
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
  stopTimers(turn, id);
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

/** One of the task's own timers went off: the task is given up and fails with `States.Timeout`. */
export function taskTimedOut(turn: Turn, id: ThreadId, { Resource }: TaskState, isSilence: boolean): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind === 'task') turn.emit({ kind: 'cancel-task', task: activity.task });
  taskEnded(turn, id, 'TimedOut', Resource, { error: 'States.Timeout', isSilence });
}

function taskEnded(turn: Turn, id: ThreadId, ending: string, resource: string, failure: Failure): void {
  const { family, service } = taskEvents(resource);
  stopTimers(turn, id);
  // Of an activity there is nothing to start: it is the scheduling that fails.
  const type = family === 'Activity' && ending === 'StartFailed' ? 'ScheduleFailed' : ending;
  turn.record(id, `${family}${type}`, { ...service, error: failure.error, cause: failure.cause });
  turn.jobs.push({ kind: 'fail', thread: id, failure });
}

function stopTimers(turn: Turn, id: ThreadId): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind === 'task') cancelDeadlines(turn, activity);
  turn.settle(id);
}
