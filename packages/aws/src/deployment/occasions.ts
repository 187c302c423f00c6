import { type Json, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import type { Change, Occasions, Tags } from './call-row.ts';

const once: readonly Json[] = [null];
const never: readonly Json[] = [];

/** Values at a path such as `Code.S3Bucket` or `Targets[].RoleArn`, where `[]` stands for every item. */
export function valuesAt(properties: Json | undefined, path: string): readonly Json[] {
  const [head = '', ...rest] = path.split('.');
  const isList = head.endsWith('[]');
  const value = objectOf(properties)[isList ? head.slice(0, -2) : head];
  if (value === undefined) return never;
  const values = isList ? listOf(value) : [value];
  return rest.length === 0 ? values : values.flatMap((each) => valuesAt(each, rest.join('.')));
}

/** The text at a path; empty if there is none. */
export const textAt = (properties: JsonObject | undefined, path: string): string =>
  textOf(valuesAt(properties, path)[0]);

const has = (properties: JsonObject | undefined, path: string): boolean => valuesAt(properties, path).length > 0;

const isSame = (left: Json, right: Json): boolean => JSON.stringify(left) === JSON.stringify(right);

const without = (values: readonly Json[], others: readonly Json[]): readonly Json[] =>
  values.filter((value) => !others.some((other) => isSame(value, other)));

const differs = ({ properties, before }: Change, path: string): boolean =>
  JSON.stringify(valuesAt(properties, path)) !== JSON.stringify(valuesAt(before, path));

const onceIf = (condition: boolean): readonly Json[] => (condition ? once : never);

/** Once if the resource has one of the properties; in an update, if one is added, changed or removed. */
export const given =
  (...paths: readonly string[]): Occasions =>
  (change) =>
    onceIf(
      paths.some((path) => (change.operation === 'update' ? differs(change, path) : has(change.properties, path))),
    );

/** Once if the resource has one of the properties; in an update, if one is added or changed. */
export const set =
  (...paths: readonly string[]): Occasions =>
  (change) =>
    onceIf(
      paths.some((path) => has(change.properties, path) && (change.operation !== 'update' || differs(change, path))),
    );

/** Once if the resource has one of the properties, whether it changes or not. */
export const present =
  (...paths: readonly string[]): Occasions =>
  ({ properties }) =>
    onceIf(paths.some((path) => has(properties, path)));

/** Once if an update removes one of the properties. */
export const removed =
  (...paths: readonly string[]): Occasions =>
  ({ properties, before }) =>
    onceIf(paths.some((path) => has(before, path) && !has(properties, path)));

/**
 * Once if a switch is turned to a position, which a new resource does not have.
 * @param byDefault position of a switch that the properties do not name
 */
export const turned =
  (path: string, to: boolean, byDefault: boolean): Occasions =>
  ({ operation, properties, before }) => {
    const position = (of: JsonObject | undefined): boolean => (valuesAt(of, path)[0] ?? byDefault) === true;
    return onceIf(position(properties) === to && position(operation === 'update' ? before : {}) !== to);
  };

/** The occasions, unless the resource has the property. */
export const unless =
  (path: string, occasions: Occasions): Occasions =>
  (change) =>
    has(change.properties, path) ? never : occasions(change);

/** Per value at the path; in an update, per value that is new there. */
export const each =
  (path: string): Occasions =>
  ({ operation, properties, before }) =>
    without(valuesAt(properties, path), operation === 'update' ? valuesAt(before, path) : never);

/** Per value that an update removes, or that a deletion finds. */
export const gone =
  (path: string): Occasions =>
  ({ operation, properties, before }) =>
    operation === 'delete' ? valuesAt(properties, path) : without(valuesAt(before, path), valuesAt(properties, path));

/** Per different value at the path, whether it changes or not. */
export const all =
  (path: string): Occasions =>
  ({ properties }) =>
    valuesAt(properties, path).filter((value, place, values) => values.findIndex((it) => isSame(it, value)) === place);

/** Once if there is any occasion. */
export const ifAny =
  (occasions: Occasions): Occasions =>
  (change) =>
    onceIf(occasions(change).length > 0);

/** Per occasion of the second, if there is one of the first. */
export const ifAlso =
  (condition: Occasions, occasions: Occasions): Occasions =>
  (change) =>
    condition(change).length > 0 ? occasions(change) : never;

const written = (tags: Json | undefined): Tags =>
  Array.isArray(tags)
    ? Object.fromEntries(
        (tags as readonly Json[]).map((tag) => [textOf(objectOf(tag)['Key']), textOf(objectOf(tag)['Value'])]),
      )
    : Object.fromEntries(Object.entries(objectOf(tags)).map(([key, value]) => [key, textOf(value)]));

/** Tags `aws:cloudformation:…` are written by AWS itself, without a permission of the caller. */
const ofCaller = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));

/** Tags of the stack and of the resource, after the operation. */
export const tagsAfter = ({ tags, properties }: Change): Tags => ofCaller({ ...tags, ...written(properties['Tags']) });

/** Tags before an update, or before a deletion. */
export const tagsBefore = ({ tags, tagsBefore: ofStack = tags, properties, before = properties }: Change): Tags =>
  ofCaller({ ...ofStack, ...written(before['Tags']) });

const isEmpty = (values: object): boolean => Object.keys(values).length === 0;

/** Once if there are tags to set, with them as the value. */
export const tagsToSet: Occasions = (change) => {
  const old = change.operation === 'update' ? tagsBefore(change) : {};
  const tags = Object.fromEntries(Object.entries(tagsAfter(change)).filter(([key, value]) => old[key] !== value));
  return isEmpty(tags) ? never : [tags];
};

/** Once if an update removes tags, with their keys as the value. */
export const tagsToRemove: Occasions = (change) => {
  const now = tagsAfter(change);
  const keys = Object.keys(tagsBefore(change)).filter((key) => !(key in now));
  return keys.length === 0 ? never : [keys];
};

/** Once if an update changes any tag. */
export const tagsChange: Occasions = (change) =>
  onceIf(tagsToSet(change).length > 0 || tagsToRemove(change).length > 0);
