import { isArray, isObject, isUnresolved, type Json, type JsonObject, textOf } from '../json.ts';
import { blockOf, pointerTo, type Primitive, type PropertyBlock, type ResourceType, type Shape } from './schema.ts';

/** A property that its schema refuses. */
export interface PropertyProblem {
  /** JSON pointer from the properties to the value, or to the object that has or misses a key; empty for the top. */
  readonly pointer: string;
  /**
   * In the words of CloudFormation while it provisions, such as `required key [Name] not found` (as in
   * aws-cloudformation/cloudformation-coverage-roadmap#1514).
   */
  readonly message: string;
  /** In the words of early validation in 2026, such as `Required property [Name] not found` (aws/aws-cdk-cli#1463). */
  readonly earlyMessage: string;
}

type Check = (type: ResourceType, value: Json, pointer: string) => readonly PropertyProblem[];

/** Problems of an object: missing keys, unknown keys, and those of the values. */
export function blockProblems(
  type: ResourceType,
  block: PropertyBlock,
  value: JsonObject,
  pointer: string,
  isOpen = false,
): readonly PropertyProblem[] {
  const missing = (block.required ?? []).filter((name) => !Object.hasOwn(value, name));
  const unknown = Object.keys(value).filter((name) => !isOpen && !Object.hasOwn(block.properties, name));
  return [
    ...missing.map((name) => ({
      pointer,
      message: `required key [${name}] not found`,
      earlyMessage: `Required property [${name}] not found`,
    })),
    ...unknown.map((name) => ({
      pointer,
      message: `extraneous key [${name}] is not permitted`,
      earlyMessage: `Unsupported property [${name}]`,
    })),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const shape = Object.hasOwn(block.properties, name) ? block.properties[name] : undefined;
      return shape === undefined ? [] : shapeProblems(shape)(type, inner, pointerTo(pointer, name));
    }),
  ];
}

/** Problems of a value; none of one that is not known yet. */
const shapeProblems =
  (shape: Shape): Check =>
  (type, value, pointer) => {
    if (isLater(value)) return [];
    if (typeof shape === 'string') return namedProblems(shape, type, value, pointer);
    if ('any' in shape) return anyProblems(shape.any, type, value, pointer);
    if ('values' in shape) return valueProblems(shape.values, value, pointer);
    if ('map' in shape) {
      if (!isObject(value)) return [wrongKind('JSONObject', value, pointer)];
      return Object.entries(value).flatMap(([key, inner]) =>
        shapeProblems(shape.map)(type, inner, pointerTo(pointer, key)),
      );
    }
    if (!isArray(value)) return [wrongKind('JSONArray', value, pointer)];
    return value.flatMap((inner, index) => shapeProblems(shape.list)(type, inner, pointerTo(pointer, index)));
  };

function namedProblems(
  shape: Primitive | `#${string}`,
  type: ResourceType,
  value: Json,
  pointer: string,
): readonly PropertyProblem[] {
  const block = blockOf(type, shape);
  if (block === undefined && !shape.startsWith('#')) return primitiveProblems(shape as Primitive, value, pointer);
  if (!isObject(value)) return [wrongKind('JSONObject', value, pointer)];
  // A definition without properties says nothing of its keys.
  const isOpen = block === undefined || Object.keys(block.properties).length === 0;
  return isOpen ? [] : blockProblems(type, block, value, pointer);
}

/** Values that a primitive accepts: CloudFormation turns texts into numbers and booleans, and those into texts. */
const accepted: Readonly<Record<Primitive, readonly [name: string, accepts: (value: Json) => boolean]>> = {
  string: ['String', isScalar],
  'date-time': ['String', isScalar],
  number: ['Number', (value) => isNumber(value)],
  integer: ['Integer', (value) => isNumber(value) && Number.isInteger(Number(value))],
  boolean: ['Boolean', (value) => typeof value === 'boolean' || /^(true|false)$/i.test(textOf(value))],
  json: ['JSONObject', (value) => typeof value === 'string' || (typeof value === 'object' && value !== null)],
  null: ['Null', (value) => value === null],
  tag: ['JSONObject', isObject],
};

function primitiveProblems(shape: Primitive, value: Json, pointer: string): readonly PropertyProblem[] {
  const [name, accepts] = accepted[shape];
  return accepts(value) ? [] : [wrongKind(name, value, pointer)];
}

function valueProblems(values: readonly (string | number)[], value: Json, pointer: string): readonly PropertyProblem[] {
  if (!isScalar(value)) return [wrongKind(typeof values[0] === 'number' ? 'Integer' : 'String', value, pointer)];
  const isOne = values.some((allowed) => textOf(allowed) === textOf(value));
  return isOne ? [] : [asSaid('failed validation constraint for keyword [enum]', pointer)];
}

function anyProblems(
  shapes: readonly Shape[],
  type: ResourceType,
  value: Json,
  pointer: string,
): readonly PropertyProblem[] {
  const found = shapes.map((shape) => shapeProblems(shape)(type, value, pointer));
  if (found.some((problems) => problems.length === 0)) return [];
  return [asSaid(`#: no subschema matched out of the total ${shapes.length} subschemas`, pointer)];
}

/** True for a value that only deployment brings: an unresolved text, or a function of the template. */
const isLater = (value: Json): boolean =>
  typeof value === 'string' ? isUnresolved(value) : isObject(value) && isFunction(Object.keys(value));

const isFunction = ([key = '', ...others]: readonly string[]): boolean =>
  others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}

const isNumber = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

const wrongKind = (expected: string, value: Json, pointer: string): PropertyProblem =>
  asSaid(`expected type: ${expected}, found: ${kindOf(value)}`, pointer);

/** Names of kinds in the messages of CloudFormation, which are classes of Java. */
function kindOf(value: Json): string {
  if (value === null) return 'Null';
  if (isArray(value)) return 'JSONArray';
  if (typeof value === 'object') return 'JSONObject';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'BigDecimal';
  return typeof value === 'boolean' ? 'Boolean' : 'String';
}

/** Words that both validations are assumed to share, the early one with the place. */
const asSaid = (message: string, pointer: string): PropertyProblem => ({
  pointer,
  message,
  earlyMessage: `#${pointer}: ${message}`,
});
