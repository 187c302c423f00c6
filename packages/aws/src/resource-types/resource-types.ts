import type { JsonObject } from '../json.ts';
import { propertyChanges, type PropertyChange } from './property-change.ts';
import { blockProblems, type PropertyProblem } from './property-problem.ts';
import { readSchema } from './read-schema.ts';
import { refusalOf } from './refused-updates.ts';
import type { ResourceType } from './schema.ts';

export type { PropertyChange } from './property-change.ts';
export type { PropertyProblem } from './property-problem.ts';
export { pointerTo, type ResourceType } from './schema.ts';

const customResource = 'AWS::CloudFormation::CustomResource';

/** The schema of a resource type; undefined for a type that AWS does not know. `Custom::` types are custom resources. */
export const resourceType = (type: string): ResourceType | undefined =>
  readSchema(type.startsWith('Custom::') ? customResource : type);

/** Names that `Fn::GetAtt` takes. Custom resources have more, which their functions name. */
export const attributesOf = (type: string): readonly string[] => Object.keys(resourceType(type)?.attributes ?? {});

/**
 * Attributes in the identifier or the `Ref` of a resource. No property gives them, so whatever creates a resource
 * has to make them up.
 */
export function requiredAttributes(type: string): readonly string[] {
  const { id = [], ref = [], properties = {} } = resourceType(type) ?? {};
  // A part of an identifier may be inside of a property, such as `Device/DeviceName`.
  return [...new Set([...id, ...ref])].filter((name) => !Object.hasOwn(properties, name.replace(/\/.*/, '')));
}

/**
 * Problems that early validation finds in the properties of a resource. Values that are not known yet pass: unresolved
 * texts and functions of the template. Nothing is found in a type that is not known.
 */
export function problemsOf(type: string, properties: JsonObject): readonly PropertyProblem[] {
  const schema = resourceType(type);
  // The provider of a custom resource defines its other properties.
  return schema === undefined ? [] : blockProblems(schema, schema, properties, '', schema.type === customResource);
}

/** Place of a problem in the template, as the event of early validation gives it (`ValidationPath`). */
export const validationPath = (logicalId: string, { pointer }: Pick<PropertyProblem, 'pointer'>): string =>
  `/Resources/${logicalId}/Properties${pointer}`;

/** The reason of a resource that fails for its properties while it is provisioned. */
export function validationFailure(logicalId: string, problems: readonly PropertyProblem[]): string {
  const messages = problems.map(({ pointer, message }) => `#${pointer}: ${message}`);
  return `Properties validation failed for resource ${logicalId} with message: [${messages.join(', ')}]`;
}

/** Effect of an update on a resource. */
export interface Update {
  readonly changes: readonly PropertyChange[];
  readonly decision: 'no interruption' | 'replacement' | 'failure';
  /** Paths of changes that may replace the resource; it is assumed that they update it in place. */
  readonly assumed: readonly string[];
  /** The reason of a failure, given the physical id of the resource. */
  readonly failure?: (physicalId: string) => string;
}

/**
 * How a resource goes from its properties to others. A change that replaces it `Conditionally` counts as one in place:
 * no type of the platform or of its bootstrap has such a property.
 */
export function replacementOf(type: string, before: JsonObject, after: JsonObject): Update {
  const schema = resourceType(type);
  const changes = propertyChanges(schema ?? { type, properties: {} }, before, after);
  const failure = refusalOf(schema?.type ?? type, before, after);
  const replaces = changes.some(({ requiresRecreation }) => requiresRecreation === 'Always');
  return {
    changes,
    decision: failure !== undefined ? 'failure' : replaces ? 'replacement' : 'no interruption',
    assumed: changes.flatMap(({ requiresRecreation, path }) => (requiresRecreation === 'Conditionally' ? [path] : [])),
    ...(failure === undefined ? {} : { failure }),
  };
}
