import { isUnresolved } from '@crosswind/aws/json';
import { type ConditionKey, type Statement, conditionsOf, hasWildcards, isBinding } from './statement.ts';

/** True if the value leaves only those in whom the statement trusts; an ARN must name its account. */
type Narrows = (value: string, organization: string | undefined) => boolean;

const account: Narrows = (value) => /^\d{12}$/.test(value);
const arnWithAccount: Narrows = (value) => /^arn:[\w-]+:[\w-]+:[\w*-]*:\d{12}:/.test(value);
/** The ARN of a bucket has no account, and names one bucket. */
const source: Narrows = (value, organization) =>
  arnWithAccount(value, organization) || /^arn:[\w-]+:s3:::[a-z0-9.-]+$/.test(value);
const exact: Narrows = (value) => value !== '' && !/[*?]/.test(value);

/** Form of an organization's id (AWS Organizations API Reference, `Organization`). */
const organizationId: Narrows = (value, organization) =>
  organization === undefined ? /^o-[a-z0-9]{10,32}$/.test(value) : value === organization;
const organizationPath: Narrows = (value, organization) =>
  value.includes('/') && organizationId(value.slice(0, value.indexOf('/')), organization);

/** Networks wider than these are everybody (Amazon S3 User Guide, "The meaning of public": /8, and /32 for IPv6). */
const network: Narrows = (value) => {
  const [, address = '', bits] = /^([0-9a-f.:]+)(?:\/(\d+))?$/i.exec(value) ?? [];
  if (address === '') return false;
  return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8);
};

/** Keys of the caller that bound a statement for everybody (AWS global condition context keys; KMS; S3). */
const callerKeys: Readonly<Record<string, Narrows>> = {
  'aws:principalorgid': organizationId,
  'aws:principalorgpaths': organizationPath,
  'aws:principalaccount': account,
  'aws:principalarn': arnWithAccount,
  'aws:userid': exact,
  'kms:calleraccount': account,
};

/** Keys of the place or service that a request comes from. */
const originKeys: Readonly<Record<string, Narrows>> = {
  'aws:sourceaccount': account,
  'aws:sourceowner': account,
  'aws:sourcearn': source,
  'aws:sourceorgid': organizationId,
  'aws:sourceorgpaths': organizationPath,
  'aws:sourcevpc': exact,
  'aws:sourcevpce': exact,
  'aws:sourceip': network,
  's3:dataaccesspointaccount': account,
  's3:dataaccesspointarn': arnWithAccount,
};

const externalId: Readonly<Record<string, Narrows>> = { 'sts:externalid': exact };

/** Kinds of conditions that bound a statement. */
const bounds = {
  caller: callerKeys,
  'caller or origin': { ...callerKeys, ...originKeys },
  'foreign account': {
    'aws:principalorgid': organizationId,
    'aws:principalorgpaths': organizationPath,
    ...externalId,
  },
} as const;

/**
 * True if a condition bounds whom the statement admits: all its values are narrow, and it fails where the key is absent.
 * @param organization id of the platform's own; without it, any organization bounds
 */
export function isBound(statement: Statement, by: keyof typeof bounds, organization: string | undefined): boolean {
  const keys: Readonly<Record<string, Narrows>> = bounds[by];
  return conditionsOf(statement).some(({ operator, key, values }) => {
    const narrows = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!narrows || !isBinding(operator) || values.length === 0) return false;
    return values.every((value) => !isUnresolved(value) && narrows(value, organization));
  });
}

/** True if the condition asks for one of its values, and `accepted` finds each narrow enough. */
export const asksFor = (
  { operator, values }: ConditionKey,
  accepted: (value: string, hasWildcards: boolean) => boolean,
): boolean =>
  isBinding(operator) && values.length > 0 && values.every((value) => accepted(value, hasWildcards(operator)));
