import { createHash } from 'node:crypto';
import type { JsonObject } from '@crosswind/aws/json';

/** Place of a resource, from which CloudFormation's names for it are derived. */
export interface ResourcePlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly logicalId: string;
  /**
   * Distinguishes a resource from an earlier one at the same place, which was replaced or deleted.
   *
   * @default - the first at its place
   */
  readonly salt?: string;
}

/** The ARN of a resource in the account and region of its stack. */
export const regionalArn = ({ partition, region, account }: ResourcePlace, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** The given name, else one as CloudFormation generates it. */
export function nameOf(place: ResourcePlace, given: JsonObject[string] | undefined, maxLength: number): string {
  if (typeof given === 'string') return given;
  const unique = suffix(place, 'name', 12);
  return `${`${place.stackName}-${place.logicalId}`.slice(0, maxLength - unique.length - 1)}-${unique}`;
}

/** The given name, else one as CloudFormation generates it for the types whose names leave the stack's out. */
export function nameWithoutStack(
  place: ResourcePlace,
  given: JsonObject[string] | undefined,
  maxLength: number,
): string {
  if (typeof given === 'string') return given;
  const unique = suffix(place, 'name', 12);
  return `${place.logicalId.slice(0, maxLength - unique.length - 1)}-${unique}`;
}

/** A UUID that depends on the place alone. */
export const uuid = (place: ResourcePlace): string =>
  suffix(place, 'key', 32)
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Hexadecimal digits that depend on the place alone, in capitals as CloudFormation's are. */
export function suffix(
  { account, region, stackName, logicalId, salt }: ResourcePlace,
  purpose: string,
  length: number,
): string {
  const text = [account, region, stackName, logicalId, purpose, ...(salt === undefined ? [] : [salt])].join('/');
  return createHash('sha256').update(text).digest('hex').slice(0, length).toUpperCase();
}
