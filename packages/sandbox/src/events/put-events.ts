import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Authorize } from '../iam/authorizer.ts';
import type { EventBuses } from './event-buses.ts';
import type { Integration, TaskCall, TaskReport } from '../tasks/integration.ts';
import { ask } from '../tasks/ask.ts';

/** Required fields of an entry, in the order in which EventBridge checks them. */
const required = ['Source', 'DetailType', 'Detail'];

/** Maximum number of entries in one request (API_PutEvents). */
const maxEntries = 10;

export interface PutEventsPorts {
  readonly authorize: Authorize;
  readonly events: EventBuses;
}

/** `arn:aws:states:::events:putEvents` (connect-eventbridge): one entry that fails makes the task fail. */
export const putEvents =
  ({ authorize, events }: PutEventsPorts): Integration =>
  (call) => {
    const entries = listOf(call.arguments['Entries']).map(objectOf);
    call.report({ kind: 'task-started' });
    const refusal = refusalOf(authorize, call, entries);
    if (refusal) {
      call.report(refusal);
      return undefined;
    }
    const Entries = entries.map((entry) => put(events, call, entry));
    const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length;
    const output = { Entries, FailedEntryCount };
    call.report(
      FailedEntryCount === 0
        ? { kind: 'task-succeeded', output }
        : { kind: 'task-failed', error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) },
    );
    return undefined;
  };

/** Why no entry is looked at. */
function refusalOf(authorize: Authorize, call: TaskCall, entries: readonly JsonObject[]): TaskReport | undefined {
  if (entries.length < 1 || entries.length > maxEntries) {
    const message = `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${maxEntries}`;
    return failure(message, 'ValidationException');
  }
  for (const arn of new Set(entries.map((entry) => busArn(call, entry)))) {
    const { refusal } = ask(authorize, call, 'events:PutEvents', arn);
    if (refusal !== undefined) return failure(refusal, 'AccessDeniedException');
    if (arn !== busArn(call, {})) {
      return failure(`Event bus ${arn} does not exist.`, 'ResourceNotFoundException');
    }
  }
  return undefined;
}

/** Every account and region has the default bus; the sandbox knows no other. */
function busArn({ principal, region }: TaskCall, { EventBusName: name = 'default' }: JsonObject): string {
  const given = textOf(name);
  if (given.startsWith('arn:')) return given;
  return `arn:${partitionOf(region)}:events:${region}:${principal.account}:event-bus/${given}`;
}

/** Execution and state machine are added to the resources (connect-eventbridge). */
function put(events: EventBuses, call: TaskCall, entry: JsonObject): JsonObject {
  const missing = required.find((field) => textOf(entry[field]) === '');
  if (missing !== undefined) {
    const message = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage: message };
  }
  if (!isJsonObject(entry['Detail'])) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const { execution } = call;
  const id = events.put({
    busArn: busArn(call, entry),
    source: textOf(entry['Source']),
    detailType: textOf(entry['DetailType']),
    detail: textOf(entry['Detail']),
    resources: [...listOf(entry['Resources']).map(textOf), execution.arn, execution.machine.arn],
  });
  return { EventId: id };
}

/** True if a detail is an object or the JSON text of one. */
function isJsonObject(detail: Json | undefined): boolean {
  try {
    const value = JSON.parse(textOf(detail)) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const failure = (message: string, code: string): TaskReport => ({
  kind: 'task-failed',
  error: 'EventBridge.AmazonEventBridgeException',
  cause: `${message} (Service: AmazonEventBridge; Status Code: 400; Error Code: ${code}; Request ID: simulated; Proxy: null)`,
});
