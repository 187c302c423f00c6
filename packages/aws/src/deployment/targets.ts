import { type Json, textOf } from '../json.ts';
import type { Change, ChangingResource, Targets } from './call-row.ts';
import { textAt, valuesAt } from './occasions.ts';

/** The resource itself. */
export const own: Targets = ({ own: arn }) => [arn];

/** For actions without resources. */
export const everything: Targets = () => ['*'];

/** The ARN that the occasion names. */
export const it: Targets = (_, value) => [textOf(value)];

type Place = Pick<ChangingResource, 'partition' | 'region' | 'account'>;

/** The ARN of a resource in the account and region of the stack. */
export const arnHere = ({ partition, region, account }: Place, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** The ARN of a resource of IAM; a path begins and ends with a slash. */
export const iamArn = ({ partition, account }: Place, type: string, name: string, path = '/'): string =>
  `arn:${partition}:iam::${account}:${type}${path === '' ? '/' : path}${name}`;

/** ARN that follows from the name: `ofName('sns', '')` is that of a topic. */
export const ofName =
  (service: string, prefix: string) =>
  (resource: ChangingResource): string =>
    arnHere(resource, service, `${prefix}${resource.name}`);

/** ARN that AWS generates. */
export const generated = ({ arn = '*' }: ChangingResource): string => arn;

/** A role, user or group that a property names; with its path where the account is known to hold it. */
export function principalArn(change: Change, type: 'role' | 'user' | 'group', value: Json): string {
  const name = textOf(value);
  const arn = name.startsWith('arn:') ? name : iamArn(change, type, name);
  return change.existing?.(arn)?.arn ?? arn;
}

/** The function that a property names by its name, its ARN, or the end of its ARN; without a qualifier. */
export function functionArn(place: Place, value: Json): string {
  const text = textOf(value);
  const name = (text.includes('function:') ? text.replace(/^.*function:/, '') : text).split(':')[0] ?? '';
  return text.startsWith('arn:') ? text.split(':').slice(0, 7).join(':') : arnHere(place, 'lambda', `function:${name}`);
}

/** The key that a property names by id or ARN; any key for an alias. */
export function keyArn(place: Place, value: Json): string {
  const text = textOf(value);
  if (text.startsWith('arn:')) return text.includes(':alias/') ? arnHere(place, 'kms', 'key/*') : text;
  return arnHere(place, 'kms', text.startsWith('alias/') ? 'key/*' : `key/${text}`);
}

/** Keys that a property names. */
export const keysAt =
  (path: string): Targets =>
  (change) =>
    valuesAt(change.properties, path).map((value) => keyArn(change, value));

/** The bucket that a property names. */
export const bucketAt =
  (path: string): Targets =>
  ({ partition, properties }) => [`arn:${partition}:s3:::${textAt(properties, path)}`];

/** The object that two properties name. */
export const objectAt =
  (bucket: string, key: string): Targets =>
  ({ partition, properties }) => [`arn:${partition}:s3:::${textAt(properties, bucket)}/${textAt(properties, key)}`];
