import { defined } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';

/**
 * An event as GetExecutionHistory returns it, except that the timestamp is in milliseconds since the epoch.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id: number;
  /** The event that led to this one: 0 for the first state, as AWS writes it. */
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: JsonObject;
}

type Details = Readonly<Record<string, Json | undefined>>;

/** AWS names the details after the event, and shares one name among all states' entries and exits. */
export function historyEvent(
  event: { readonly id: number; readonly previousEventId: number; readonly timestamp: number; readonly type: string },
  details?: Details,
): HistoryEvent {
  if (details === undefined) return event;
  const shared = /State(Entered|Exited)$/.exec(event.type);
  const owner = shared ? `state${shared[1] ?? ''}` : event.type.charAt(0).toLowerCase() + event.type.slice(1);
  return { ...event, [`${owner}EventDetails`]: defined(details) };
}

/** A payload as events carry it: JSON text. The sandbox never truncates. */
export const payload = (name: 'input' | 'output', value: Json): Details => ({
  [name]: JSON.stringify(value),
  [`${name}Details`]: { truncated: false },
});

/** History events of one task. Function ARNs and activities have families of their own. All others are `Task…`. */
export interface TaskEvents {
  readonly family: 'Activity' | 'LambdaFunction' | 'Task';
  /** In every event of an integration. */
  readonly service: Details;
  /** Whom AWS blames in `States.DataLimitExceeded`. */
  readonly blamed: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html */
export function taskEvents(resource: string): TaskEvents {
  if (isActivity(resource)) return { family: 'Activity', service: {}, blamed: resource };
  const service = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):(.+)$/.exec(resource);
  if (service?.[1] === undefined) return { family: 'LambdaFunction', service: {}, blamed: resource };
  return { family: 'Task', service: { resourceType: service[1], resource: service[2] }, blamed: service[1] };
}

/** True if a task's resource is an activity. Such a task waits until a worker polls for it. */
export const isActivity = (resource: string): boolean => /^arn:[^:]+:states:[^:]+:[^:]+:activity:/.test(resource);

/** True if a task waits until its token is sent back. */
export const waitsForToken = (resource: string): boolean => resource.endsWith('.waitForTaskToken');

/** True if a task waits for the job that it starts. Its context object has a token, as recorded. */
export const waitsForJob = (resource: string): boolean => /\.sync(:\d+)?$/.test(resource);
