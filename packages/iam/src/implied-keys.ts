import { hasAccount, identityArn, principalType } from './principal.ts';
import { serviceOf, type AccessRequest } from './request.ts';

/** The keys that a request carries, in lower case. */
export type Given = ReadonlyMap<string, readonly string[]>;

type Implied = (request: AccessRequest, given: Given) => string | undefined;

/** A key that follows from the caller's account and the owner of the resource, where these are known. */
const ofAccount = ({ principal }: AccessRequest): string | undefined => {
  if (hasAccount(principal)) return principal.account;
  return principal.kind === 'anonymous' ? 'anonymous' : undefined;
};

const ofOwner = ({ resourceAccount }: AccessRequest): string | undefined =>
  resourceAccount === '' ? undefined : resourceAccount;

const ofService = ({ principal }: AccessRequest): string | undefined =>
  principal.kind === 'service' ? principal.service : undefined;

const regionOf = (resource: string): string | undefined =>
  /^arn:[^:]*:[^:]*:([a-z]+(?:-[a-z]+)+-\d+):/.exec(resource)?.[1];

/** One of the two clocks from the other, in seconds. */
function timeOf(other: readonly string[] | undefined, told: (seconds: number) => string): string | undefined {
  const [text = ''] = other ?? [];
  const seconds = /^\d{1,11}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
  return Number.isNaN(seconds) ? undefined : told(seconds);
}

/**
 * Condition keys whose values follow from who asks for what, in lower case (AWS: "AWS global condition context keys",
 * "Principal key values").
 */
const IMPLIED: ReadonlyMap<string, Implied> = new Map<string, Implied>([
  ['aws:principalarn', ({ principal }) => (hasAccount(principal) ? identityArn(principal) : undefined)],
  ['aws:principalaccount', ofAccount],
  [
    'aws:principaltype',
    ({ principal }) => {
      if (hasAccount(principal)) return principalType(principal);
      return principal.kind === 'anonymous' ? 'Anonymous' : undefined;
    },
  ],
  ['aws:principalisawsservice', ({ principal }) => String(principal.kind === 'service')],
  ['aws:principalservicename', ofService],
  ['aws:principalservicenameslist', ofService],
  ['aws:username', ({ principal }) => (principal.kind === 'user' ? principal.userArn.replace(/^.*\//, '') : undefined)],
  [
    'aws:userid',
    ({ principal }) => {
      if (principal.kind === 'root') return principal.account;
      if (principal.kind !== 'federated user') return undefined;
      return `${principal.account}:${principal.sessionArn.replace(/^.*\//, '')}`;
    },
  ],
  ['aws:resourceaccount', ofOwner],
  ['s3:resourceaccount', (request) => (serviceOf(request) === 's3' ? ofOwner(request) : undefined)],
  ['kms:calleraccount', (request) => (serviceOf(request) === 'kms' ? ofAccount(request) : undefined)],
  // AWS's services call each other over TLS.
  ['aws:securetransport', ({ principal }) => (principal.kind === 'service' ? 'true' : undefined)],
  // A regional resource is asked for at its own region's endpoint.
  ['aws:requestedregion', ({ resource }) => regionOf(resource)],
  ['aws:currenttime', (_, given) => timeOf(given.get('aws:epochtime'), (time) => new Date(time * 1000).toISOString())],
  ['aws:epochtime', (_, given) => timeOf(given.get('aws:currenttime'), (time) => String(time))],
  // Who calls on a principal's behalf says so in aws:CalledVia.
  ['aws:viaawsservice', (_, given) => String(given.has('aws:calledvia') || given.has('aws:calledvialast'))],
]);

/** The value of a key that follows from the request itself; undefined for every other key. */
export const impliedKey = (key: string, request: AccessRequest, given: Given): string | undefined =>
  IMPLIED.get(key)?.(request, given);
