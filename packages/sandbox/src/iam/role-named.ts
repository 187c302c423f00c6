import { type JsonObject, parsedJson, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Authorize } from './authorizer.ts';
import type { Identities, Role } from './identities.ts';

export interface IamApi {
  readonly authorize: Authorize;
  readonly identities: Identities;
  /** Answers the operations that IAM does not have here. */
  readonly absent: HttpService;
}

/** One operation: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export type IamOperation = (api: IamApi, call: AwsJsonCall) => JsonObject;

/**
 * The role that a request names, if the caller may do this with it.
 * @param keys condition keys of the action besides the boundary that the role has
 */
export function roleNamed(
  { authorize, identities }: IamApi,
  call: AwsJsonCall,
  action: string,
  keys: Readonly<Record<string, string>> = {},
): Role {
  const name = textOf(call.body['RoleName']);
  const { account } = call.principal;
  const role = identities.roleNamed(account, name);
  const boundary = role?.boundary?.managedArn;
  const context = { ...(boundary !== undefined && { 'iam:PermissionsBoundary': boundary }), ...keys };
  const arn = role?.arn ?? `arn:${partitionOf(call.region)}:iam::${account}:role/${name}`;
  permit(authorize, call, `iam:${action}`, arn, context);
  if (role) return role;
  throw noSuchEntity(`The role with name ${name} cannot be found.`);
}

export const noSuchEntity = (message: string): AwsJsonError => new AwsJsonError('NoSuchEntity', message, 404);

/** A document that a request has as JSON in a text. */
export function documentIn({ body }: AwsJsonCall, field = 'PolicyDocument'): JsonObject[string] {
  try {
    return parsedJson(textOf(body[field]));
  } catch {
    throw new AwsJsonError('MalformedPolicyDocument', 'Syntax errors in policy.');
  }
}

/** A document as answers have it: encoded as in a URL (RFC 3986). */
export const encoded = (document: unknown): string =>
  encodeURIComponent(JSON.stringify(document)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Answers the refusal of a deployment as IAM's own. */
export function asIam<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    throw new AwsJsonError(error.code, error.message, error.code === 'NoSuchEntity' ? 404 : 400);
  }
}
