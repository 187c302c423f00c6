/** Kinds of values without parts. `json` is a document of any form, `tag` an object with a key and a value. */
export type Primitive = 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag';

/** Form of a value: `#Name` is an object that a definition describes, `values` are the only ones allowed. */
export type Shape =
  | Primitive
  | `#${string}`
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly any: readonly Shape[] }
  | { readonly values: readonly (string | number)[] };

/** Properties of an object, and what is said of some of them. */
export interface PropertyBlock {
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** A change replaces the resource. */
  readonly replaces?: readonly string[];
  /** A change replaces the resource under conditions that the schema does not state. */
  readonly mayReplace?: readonly string[];
  readonly deprecated?: readonly string[];
}

/** A resource type of CloudFormation, as data/README.md describes it. */
export interface ResourceType extends PropertyBlock {
  readonly type: string;
  /** Properties or attributes that identify a resource in Cloud Control API. */
  readonly id?: readonly string[];
  /** Properties or attributes that `Ref` gives, where these are not the identifier. */
  readonly ref?: readonly string[];
  /** ARN with variables such as `${Partition}` and names of properties. */
  readonly arn?: string;
  /** Property that holds the tags, and its form: a list of tags, one with PropagateAtLaunch, or an object. */
  readonly tags?: readonly [property: string, form: 'standard' | 'asg' | 'map'];
  /** True if a resource of this type holds data that is lost with it. */
  readonly isStateful?: boolean;
  /** Transform that the type needs. */
  readonly transform?: string;
  /** Read-only values, which `Fn::GetAtt` gives. */
  readonly attributes?: Readonly<Record<string, Shape>>;
  readonly definitions?: Readonly<Record<string, PropertyBlock>>;
}

/** `tag` in full. */
const tag: PropertyBlock = { properties: { Key: 'string', Value: 'string' }, required: ['Key', 'Value'] };

/** The properties that a shape describes; undefined for a shape without properties of its own. */
export function blockOf(type: ResourceType, shape: Shape): PropertyBlock | undefined {
  if (shape === 'tag') return tag;
  return typeof shape === 'string' && shape.startsWith('#') ? type.definitions?.[shape.slice(1)] : undefined;
}

/** A key as part of a JSON pointer (RFC 6901). */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
