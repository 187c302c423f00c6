import type { Environment } from '@crosswind/assembly/read-assembly';
import { isObject, type Json, type JsonObject, listOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Denied } from '@crosswind/iam/decision';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import { permit } from '../../aws-json/permit.ts';
import type { Authorize } from '../../iam/authorizer.ts';
import type { Sessions } from '../../iam/sessions.ts';
import type { ObjectStorage } from '../../s3/object-storage.ts';
import type { Parameters } from '../../ssm/parameters.ts';
import type { CloudFormation } from '../cloudformation.ts';
import type { OnDenied } from '../denied-call.ts';
import { DeploymentRefused } from '../refusal.ts';
import type { DeployedStack } from '../stacks/stack.ts';

export interface CloudFormationApi {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly cloudFormation: CloudFormation;
  readonly storage: ObjectStorage;
  readonly parameters: Parameters;
  readonly onDenied: OnDenied;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
  /**
   * Bytes of a template that a request may hold.
   *
   * @default 51,200 (User Guide: "Understand CloudFormation quotas", template body size in a request)
   */
  readonly longestBody?: number;
}

/** One operation: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html */
export type CloudFormationOperation = (api: CloudFormationApi, call: AwsJsonCall) => JsonObject | Promise<JsonObject>;

/** Where the caller looks: its own account, in the region that it asks. */
export const placeOf = ({ principal, region }: AwsJsonCall): Environment => ({ account: principal.account, region });

export const validationError = (message: string, denied?: Denied): AwsJsonError =>
  new AwsJsonError('ValidationError', message, 400, denied);

/** A parameter of the request that must be there. */
export function required({ body }: AwsJsonCall, name: string): string {
  const value = textOf(body[name]);
  if (value !== '') return value;
  const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const message = `1 validation error detected: Value null at '${key}' failed to satisfy constraint: Member must not be null`;
  throw validationError(message);
}

/** The stack that a request names by name or id, if the caller may do this with it. */
export function stackAt(
  api: CloudFormationApi,
  call: AwsJsonCall,
  action: string,
  name = required(call, 'StackName'),
): DeployedStack {
  const found = api.cloudFormation.stacks.find(placeOf(call), name);
  permit(api.authorize, call, `cloudformation:${action}`, found?.id ?? stackArn(call, name));
  if (found) return found;
  throw validationError(missing[action]?.(name) ?? `Stack with id ${name} does not exist`);
}

/** AWS's words for a stack that does not exist, where they are others. */
const missing: Readonly<Record<string, (name: string) => string>> = {
  DescribeStackEvents: (name) => `Stack [${name}] does not exist`,
  DescribeStackResource: (name) => `Stack '${name}' does not exist`,
  UpdateStack: (name) => `Stack [${name}] does not exist`,
};

/** ARN of stacks of a name that has no stack yet, as CloudFormation asks IAM for it. */
export const stackArn = ({ principal, region }: AwsJsonCall, name: string): string =>
  name.startsWith('arn:')
    ? name
    : `arn:${partitionOf(region)}:cloudformation:${region}:${principal.account}:stack/${name}/*`;

/** A list of strings in a request. */
export const textsOf = (value: Json | undefined): readonly string[] => listOf(value).map(textOf);

/** A list of objects in a request. */
export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject);

/** Seconds since the epoch, as the protocol has times. */
export const seconds = (milliseconds: number): number => milliseconds / 1_000;

/** Runs what CloudFormation may refuse, and gives its refusal as the answer of the API. */
export function answered<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    throw new AwsJsonError(error.code, error.message, 400, error.denied);
  }
}
