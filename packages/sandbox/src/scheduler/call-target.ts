import { type Json, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonCall, Caller } from '../aws-json/aws-json-service.ts';
import { type OpaqueResources, opaqueLine } from '../cloudformation/opaque-resources.ts';
import type { InvokeAnswer, InvokeCall } from '../lambda/api/invoke.ts';
import { LambdaError } from '../lambda/api/lambda-error.ts';
import type { QueueMessages } from '../sqs/queue-messages.ts';
import type { TargetRequest } from './target-request.ts';

/** The APIs that schedules call. */
export interface TargetPorts {
  readonly opaque: OpaqueResources;
  readonly messages: QueueMessages;
  /** @throws AwsJsonError */
  readonly startExecution: (call: AwsJsonCall) => unknown;
  /** Rejects with a `LambdaError`. */
  readonly invoke: (call: InvokeCall) => Promise<InvokeAnswer>;
}

/** Error of a target's API. */
export interface TargetError {
  readonly code: string;
  readonly message: string;
  readonly isThrottled: boolean;
  /** False for a request that is wrong in itself, and would be wrong again. */
  readonly isRetryable: boolean;
}

export type TargetResult =
  | { readonly kind: 'invoked' }
  | { readonly kind: 'failed'; readonly error: TargetError }
  /** AWS calls it, the sandbox cannot. */
  | { readonly kind: 'not simulated'; readonly why: string };

/**
 * Codes of requests that no retry helps. AWS distinguishes retryable errors from permanent ones without naming them; a target
 * that is missing is retryable in its example ("Configuring a dead-letter queue").
 */
const permanent: ReadonlySet<string> = new Set([
  'ExecutionAlreadyExists',
  'InvalidArn',
  'InvalidExecutionInput',
  'InvalidName',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'RequestTooLargeException',
  'SerializationException',
  'StateMachineTypeNotSupported',
  'ValidationException',
]);

/** Calls an API as a role. Rejects for errors of the sandbox only. */
export async function callTarget(
  ports: TargetPorts,
  caller: Caller,
  { operation, parameters }: TargetRequest,
): Promise<TargetResult> {
  const text = (name: string): string => textOf(parameters[name]);
  try {
    switch (operation) {
      case 'sfn:startExecution': {
        const unknown = notSimulated(ports, text('StateMachineArn'));
        if (unknown) return unknown;
        ports.startExecution({ ...caller, body: startBody(parameters) });
        break;
      }
      case 'sqs:sendMessage': {
        const arn = queueArn(text('QueueUrl'), caller.region);
        const unknown = notSimulated(ports, arn);
        if (unknown) return unknown;
        ports.messages.send(caller.principal, arn, { body: text('MessageBody'), attributes: {} });
        break;
      }
      case 'lambda:invoke': {
        const { Qualifier: qualifier, InvocationType: type = 'RequestResponse' } = parameters;
        await ports.invoke({
          ...caller,
          functionName: text('FunctionName'),
          qualifier: qualifier === undefined ? undefined : textOf(qualifier),
          header: (name) => (name === 'x-amz-invocation-type' ? textOf(type) : undefined),
          payload: Buffer.from(text('Payload')),
        });
      }
    }
    return { kind: 'invoked' };
  } catch (error) {
    return resultOf(ports, error);
  }
}

/** The fields of StartExecution begin with small letters in its own protocol. */
function startBody({ StateMachineArn, Name, Input }: TargetRequest['parameters']) {
  return Object.fromEntries(
    Object.entries({ stateMachineArn: StateMachineArn, name: Name, input: Input }).filter(
      (field): field is [string, Json] => field[1] !== undefined,
    ),
  );
}

function queueArn(url: string, region: string): string {
  const [name = '', account = ''] = url.split('/').reverse();
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`;
}

function notSimulated({ opaque }: TargetPorts, arn: string): TargetResult | undefined {
  const resource = opaque.at(arn);
  if (!resource) return undefined;
  opaque.reached += 1;
  return { kind: 'not simulated', why: opaqueLine(resource) };
}

function resultOf({ opaque }: TargetPorts, error: unknown): TargetResult {
  if (!(error instanceof AwsJsonError || error instanceof LambdaError)) throw error;
  const { code, message, status } = error;
  if (code === 'NotImplemented') {
    opaque.reached += 1;
    return { kind: 'not simulated', why: message };
  }
  const isThrottled = status === 429 || code === 'ThrottlingException';
  return { kind: 'failed', error: { code, message, isThrottled, isRetryable: !permanent.has(code) } };
}
