import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { blockOf, pointerTo, type PropertyBlock, type ResourceType, type Shape } from './schema.ts';

/** Effect of a change, in the words of DescribeChangeSet. */
export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always';

/** A changed property as DescribeChangeSet describes it (CloudFormation API Reference: "ResourceTargetDefinition"). */
export interface PropertyChange {
  readonly attribute: 'Properties' | 'Tags';
  /** Name of the property at the top, which AWS leaves out for tags. */
  readonly name: string;
  /** Place of the value, such as `/Properties/Tags/0/Value`; of the whole value if it is added or removed. */
  readonly path: string;
  readonly attributeChangeType: 'Add' | 'Modify' | 'Remove';
  readonly requiresRecreation: RequiresRecreation;
  readonly before?: Json;
  readonly after?: Json;
}

/** Where a comparison stands: what may be there, and what a change of anything there does at least. */
interface Place {
  readonly path: string;
  readonly shape?: Shape | PropertyBlock;
  readonly effect: RequiresRecreation;
}

type Difference = Pick<PropertyChange, 'path' | 'attributeChangeType' | 'requiresRecreation' | 'before' | 'after'>;

/** The properties that differ. Numbers and booleans equal their texts, because CloudFormation keeps both as texts. */
export function propertyChanges(type: ResourceType, before: JsonObject, after: JsonObject): readonly PropertyChange[] {
  const top: Place = { path: '/Properties', shape: type, effect: 'Never' };
  return keysOf(before, after).flatMap((name) =>
    differences(type, inside(type, top, name), own(before, name), own(after, name)).map((found) => ({
      attribute: name === type.tags?.[0] ? ('Tags' as const) : ('Properties' as const),
      name,
      ...found,
    })),
  );
}

function differences(
  type: ResourceType,
  place: Place,
  before: Json | undefined,
  after: Json | undefined,
): readonly Difference[] {
  if (isSame(before, after)) return [];
  const areObjects = isObject(before) && isObject(after);
  if (areObjects || (isArray(before) && isArray(after))) {
    const [one, other] = [partsOf(before), partsOf(after)];
    return keysOf(one, other).flatMap((key) =>
      differences(type, inside(type, place, key), own(one, key), own(other, key)),
    );
  }
  const effects = [effectWithin(type, place, before), effectWithin(type, place, after)];
  return [
    {
      path: place.path,
      attributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
      requiresRecreation: strongest(effects),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** A place further in: a key of an object, or an index of a list. */
function inside(type: ResourceType, place: Place, key: string): Place {
  const path = pointerTo(place.path, key);
  const block = blockAt(type, place.shape);
  const effects = [place.effect, block === undefined ? 'Never' : effectOf(block, key)];
  const shape = shapeInside(type, place.shape, key);
  return {
    path,
    effect: strongest(effects),
    ...(shape === undefined ? {} : { shape }),
  };
}

function blockAt(type: ResourceType, shape: Place['shape']): PropertyBlock | undefined {
  if (shape === undefined) return undefined;
  return typeof shape === 'object' && 'properties' in shape ? shape : blockOf(type, shape);
}

function shapeInside(type: ResourceType, shape: Place['shape'], key: string): Shape | undefined {
  const block = blockAt(type, shape);
  if (block !== undefined) return Object.hasOwn(block.properties, key) ? block.properties[key] : undefined;
  if (typeof shape !== 'object') return undefined;
  if ('list' in shape) return shape.list;
  if ('map' in shape) return shape.map;
  if (!('any' in shape)) return undefined;
  return shape.any.map((one) => shapeInside(type, one, key)).find((found) => found !== undefined);
}

function effectOf({ replaces = [], mayReplace = [] }: PropertyBlock, key: string): RequiresRecreation {
  if (replaces.includes(key)) return 'Always';
  return mayReplace.includes(key) ? 'Conditionally' : 'Never';
}

/** The effect of a value that comes or goes as a whole: of its place, and of the properties inside of it. */
function effectWithin(type: ResourceType, place: Place, value: Json | undefined): RequiresRecreation {
  if (!isObject(value) && !isArray(value)) return place.effect;
  const parts = Object.entries(partsOf(value));
  return strongest([place.effect, ...parts.map(([key, inner]) => effectWithin(type, inside(type, place, key), inner))]);
}

const order: readonly RequiresRecreation[] = ['Always', 'Conditionally', 'Never'];

const strongest = (effects: readonly RequiresRecreation[]): RequiresRecreation =>
  order.find((effect) => effects.includes(effect)) ?? 'Never';

const keysOf = (one: JsonObject, other: JsonObject): readonly string[] => [
  ...new Set([...Object.keys(one), ...Object.keys(other)]),
];

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const partsOf = (value: JsonObject | readonly Json[]): JsonObject =>
  isArray(value) ? Object.fromEntries(value.entries()) : value;

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined || one === null || other === null) return one === other;
  if (typeof one !== 'object' && typeof other !== 'object') return String(one) === String(other);
  if (typeof one !== 'object' || typeof other !== 'object' || isArray(one) !== isArray(other)) return false;
  const [parts, others] = [partsOf(one), partsOf(other)];
  return keysOf(parts, others).every((key) => isSame(own(parts, key), own(others, key)));
}
