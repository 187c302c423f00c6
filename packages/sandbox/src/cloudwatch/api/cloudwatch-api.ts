import type { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import { AwsJsonError } from '../../aws-json/aws-json-error.ts';
import type { AwsJsonCall } from '../../aws-json/aws-json-service.ts';
import type { Authorize } from '../../iam/authorizer.ts';
import type { Observability } from '../../oam/observability.ts';
import type { ResourceHandler } from '../../service.ts';
import type { CloudWatch } from '../cloudwatch.ts';
import type { Environment } from '@crosswind/assembly/read-assembly';

/** Dependencies of CloudWatch's operations. */
export interface CloudWatchApi {
  readonly authorize: Authorize;
  readonly cloudWatch: CloudWatch;
  readonly observability: Observability;
  readonly metricAlarms: ResourceHandler;
  readonly dashboards: ResourceHandler;
  /** Milliseconds since the epoch, in virtual time. */
  readonly now: () => number;
}

/** One operation: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export type CloudWatchOperation = (api: CloudWatchApi, call: AwsJsonCall) => JsonObject | Promise<JsonObject>;

/** Where the caller looks: its own account, in the region that it asks. */
export const placeOf = ({ principal, region }: AwsJsonCall): Environment => ({ account: principal.account, region });

/** Error codes of the operations, besides those shared with other services. */
type Code =
  | 'DashboardNotFoundError'
  | 'InvalidNextToken'
  | 'InvalidParameterCombinationException'
  | 'InvalidParameterValueException'
  | 'ResourceNotFoundException'
  | 'ValidationException';

export const cloudWatchError = (code: Code, message: string): AwsJsonError =>
  new AwsJsonError(code, message, notFound.has(code) ? 404 : 400);

const notFound: ReadonlySet<Code> = new Set(['DashboardNotFoundError', 'ResourceNotFoundException']);

/** Error codes of the query protocol that differ from those of the JSON protocol, by the latter. */
export const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  DashboardNotFoundError: 'ResourceNotFound',
  InternalFailure: 'InternalServiceError',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  InvalidParameterValueException: 'InvalidParameterValue',
  ValidationException: 'ValidationError',
};

/** The request in its shape; refuses anything else with every field that is wrong. AWS's own words are not documented. */
export function requested<Shape extends z.ZodType>(shape: Shape, body: JsonObject): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const problems = issues.map(({ path, message }) => `${path.join('.') || 'the request'}: ${message}`);
  const detected = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
  throw cloudWatchError('ValidationException', `${detected}: ${problems.join('; ')}`);
}

/** A time as the JSON protocol has it: seconds since the epoch, with a fraction. */
export const epochSeconds = (milliseconds: number): number => milliseconds / 1_000;
