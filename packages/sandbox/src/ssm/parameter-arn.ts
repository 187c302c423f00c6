import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../aws-json/aws-json-service.ts';

/** A parameter as a request names it. */
export interface NamedParameter {
  readonly arn: string;
  /** The version that is asked for, with its colon: `:3`. */
  readonly selector: string | undefined;
}

/** The parameter that a request means by its name or ARN, with or without a version (AWS Systems Manager API: "GetParameter", Name). */
export function namedParameter(name: string, call: Pick<AwsJsonCall, 'principal' | 'region'>): NamedParameter {
  const [, plain = name, selector] = /^(arn:.*:parameter\/[^:]*|(?!arn:)[^:]*)(:.+)$/.exec(name) ?? [];
  return { arn: plain.startsWith('arn:') ? plain : arnIn(call, plain), selector };
}

/** The ARN of what begins with that name, in the account and region of a request. */
export const arnIn = ({ principal, region }: Pick<AwsJsonCall, 'principal' | 'region'>, name: string): string =>
  `arn:${partitionOf(region)}:ssm:${region}:${principal.account}:parameter/${name.replace(/^\//, '')}`;

export const validation = (message: string): AwsJsonError => new AwsJsonError('ValidationException', message);
