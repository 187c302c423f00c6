import type { Block, Machine } from '@crosswind/workflow/definition/definition';
import { isActivity, waitsForToken } from '@crosswind/workflow/execution/history';
import { isObject } from '@crosswind/aws/json';
import { nameOf } from '@crosswind/workflow/expressions/jsonpath/payload-template';
import { activityTask } from './activity-task.ts';
import { callback } from './callback.ts';
import type { Integration } from '../../tasks/integration.ts';
import { lambdaFunction, lambdaInvoke } from '../../lambda/lambda-invoke.ts';
import { putEvents } from '../../events/put-events.ts';
import { type SdkFailure, type SdkOperation, sdkIntegration } from '../../tasks/sdk-call.ts';
import { s3Failure, sdkS3 } from '../../s3/sdk-s3.ts';
import {
  sdkStepFunctions,
  startSyncArguments,
  startSyncExecution,
  stepFunctionsFailure,
} from './sdk-step-functions.ts';
import { sdkSts, stsFailure } from '../../sts/sdk-sts.ts';
import { snsPublish } from '../../sns/sns-publish.ts';
import { startExecutionSync, startExecutionSync2 } from './start-execution-sync.ts';
import { startExecution } from './start-execution.ts';

/** An integration, and the arguments that it looks at: any other one would be lost. */
interface Offer {
  readonly integration: Integration;
  /** @default - any JSON */
  readonly arguments?: readonly string[];
}

const sdk = (
  service: string,
  operations: ReadonlyMap<string, SdkOperation>,
  failureOf: (error: unknown) => SdkFailure | undefined,
): readonly (readonly [string, Offer])[] =>
  [...operations].map(([name, operation]) => [
    `aws-sdk:${service}:${name}`,
    { integration: sdkIntegration(operation, failureOf), arguments: operation.arguments },
  ]);

const start = ['StateMachineArn', 'Name', 'Input'];

/** What a task can call and be done with the answer, by what stands in its resource after `arn:aws:states:::`. */
const calls: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ['lambda:invoke', { integration: lambdaInvoke, arguments: ['FunctionName', 'Payload'] }],
  ['states:startExecution', { integration: startExecution, arguments: start }],
  ['sns:publish', { integration: snsPublish, arguments: ['TopicArn', 'Message', 'Subject', 'MessageAttributes'] }],
  ['events:putEvents', { integration: putEvents, arguments: ['Entries'] }],
  ...sdk('s3', sdkS3, s3Failure),
  ...sdk('sfn', sdkStepFunctions, stepFunctionsFailure),
  ['aws-sdk:sfn:startSyncExecution', { integration: startSyncExecution, arguments: startSyncArguments }],
  ...sdk('sts', sdkSts, stsFailure),
]);

/** What a task can start and wait for. */
const jobs: ReadonlyMap<string, Offer> = new Map([
  ['states:startExecution.sync', { integration: startExecutionSync, arguments: start }],
  ['states:startExecution.sync:2', { integration: startExecutionSync2, arguments: start }],
]);

/** Every integration that the sandbox has; a machine that uses another one is refused when it is deployed. */
function offerOf(resource: string): Offer | undefined {
  if (isActivity(resource)) return { integration: activityTask };
  if (/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+$/.test(resource)) return { integration: lambdaFunction };
  const called = /^arn:[^:]+:states:::(.+)$/.exec(resource)?.[1] ?? '';
  if (!waitsForToken(called)) return calls.get(called) ?? jobs.get(called);
  const offer = calls.get(called.replace(/\.waitForTaskToken$/, ''));
  return offer && { ...offer, integration: callback(offer.integration) };
}

/** The integration of a task that was deployed. */
export const integrationFor = (resource: string): Integration | undefined => offerOf(resource)?.integration;

/** What a machine asks of services that the sandbox does not have, each with its state. */
export function unsupportedResources(machine: Machine): readonly string[] {
  return statesOf(machine).flatMap(([name, state]) => {
    if (state.Type !== 'Task') return [];
    const offer = offerOf(state.Resource);
    if (!offer) return [`state "${name}": the sandbox does not support the integration ${state.Resource}`];
    const asked = isObject(state.Arguments) ? Object.keys(state.Arguments).map(nameOf) : [];
    return asked
      .filter((argument) => offer.arguments?.includes(argument) === false)
      .map((argument) => `state "${name}": the sandbox does not support the argument ${argument} of ${state.Resource}`);
  });
}

/** Whether the machine waits for executions in its own account, of which events tell (connect-stepfunctions). */
export const waitsForEvents = (machine: Machine): boolean =>
  statesOf(machine).some(
    ([, state]) =>
      state.Type === 'Task' && /:states:startExecution\.sync(:2)?$/.test(state.Resource) && !state.Credentials,
  );

type NamedState = readonly [string, Block['States'][string]];

function statesOf(block: Block): readonly NamedState[] {
  return Object.entries(block.States).flatMap(([name, state]): readonly NamedState[] => {
    if (state.Type === 'Parallel') return [[name, state], ...state.Branches.flatMap(statesOf)];
    return state.Type === 'Map' ? [[name, state], ...statesOf(state.ItemProcessor)] : [[name, state]];
  });
}
