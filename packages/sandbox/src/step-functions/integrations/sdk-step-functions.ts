import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { type Json, type JsonObject, isArray, isObject } from '@crosswind/aws/json';
import type { StatesApi } from '../api/states-api.ts';
import { STATES_OPERATIONS } from '../api/states-operations.ts';
import { beginSyncExecution, syncAnswer } from '../api/start-sync-execution.ts';
import type { Integration, TaskCall } from '../../tasks/integration.ts';
import { type SdkFailure, type SdkOperation, asText, capitalized, exceptionName } from '../../tasks/sdk-call.ts';

const uncapitalized = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const page = ['MaxResults', 'NextToken'];

/** The arguments of the operations that a task can call. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  DescribeActivity: ['ActivityArn'],
  DescribeExecution: ['ExecutionArn', 'IncludedData'],
  DescribeMapRun: ['MapRunArn'],
  DescribeStateMachine: ['StateMachineArn', 'IncludedData'],
  GetExecutionHistory: ['ExecutionArn', 'ReverseOrder', 'IncludeExecutionData', ...page],
  ListActivities: page,
  ListExecutions: ['StateMachineArn', 'MapRunArn', 'StatusFilter', 'RedriveFilter', ...page],
  ListMapRuns: ['ExecutionArn', ...page],
  ListStateMachines: page,
  RedriveExecution: ['ExecutionArn', 'ClientToken'],
  SendTaskFailure: ['TaskToken', 'Error', 'Cause'],
  SendTaskHeartbeat: ['TaskToken'],
  SendTaskSuccess: ['TaskToken', 'Output'],
  StartExecution: ['StateMachineArn', 'Name', 'Input'],
  StopExecution: ['ExecutionArn', 'Error', 'Cause'],
  UpdateMapRun: ['MapRunArn', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
};

/** `aws-sdk:sfn:…`, answered by the operations that answer over HTTP, by their names in the SDK. */
export const sdkStepFunctions: ReadonlyMap<string, SdkOperation<StatesApi>> = new Map(
  [...STATES_OPERATIONS].flatMap(([name, operation]) => {
    const known = argumentsOf[name];
    const run: SdkOperation<StatesApi>['run'] = (api, call) => objectShown(operation(api, requestOf(call)));
    return known ? [[uncapitalized(name), { arguments: known, run }] as const] : [];
  }),
);

/** Arguments of `startSyncExecution`. */
export const startSyncArguments = ['StateMachineArn', 'Name', 'Input'];

/** `aws-sdk:sfn:startSyncExecution`: waits for an Express execution, and succeeds however that ends (API_StartSyncExecution). */
export const startSyncExecution =
  (api: StatesApi): Integration =>
  (call) => {
    call.report({ kind: 'task-started' });
    try {
      const execution = beginSyncExecution(api, requestOf(call));
      api.executions.onEnd(execution, () => {
        call.report({ kind: 'task-succeeded', output: objectShown(syncAnswer(execution)) });
      });
    } catch (error) {
      const failure = stepFunctionsFailure(error);
      if (!failure) throw error;
      call.report({ kind: 'task-failed', ...failure });
    }
    return undefined;
  };

/** Errors that the service does not model, so that the SDK has no exception of their own. */
const unmodelled = ['AccessDeniedException', 'ThrottlingException', 'SerializationException', 'InternalFailure'];

/** The words of AWS, as recorded. */
export function stepFunctionsFailure(error: unknown): SdkFailure | undefined {
  if (!(error instanceof AwsJsonError)) return undefined;
  const cause = `${error.message} (Service: Sfn, Status Code: ${error.status}, Request ID: simulated) (SDK Attempt Count: 1)`;
  return { error: exceptionName('Sfn', error.code, !unmodelled.includes(error.code)), cause };
}

/** Fields that are text, into which a task may put any JSON. */
const texts = ['Input', 'Output', 'Cause'];

const requestOf = ({ principal, region, arguments: given }: TaskCall): AwsJsonCall => ({
  principal,
  region,
  body: Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null)
      .map(([field, value]) => [uncapitalized(field), texts.includes(field) ? asText(value) : value]),
  ),
});

/** The answer with PascalCase keys and ISO 8601 timestamps. */
const objectShown = (answer: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(answer).map(([field, value]) => [capitalized(field), shown(field, value)]));

function shown(field: string, value: Json): Json {
  if (typeof value === 'number' && /(Date|^timestamp)$/.test(field)) return new Date(value * 1_000).toISOString();
  if (isArray(value)) return value.map((each) => shown(field, each));
  return isObject(value) ? objectShown(value) : value;
}
