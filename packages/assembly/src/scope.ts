import { partitionOf } from '@crosswind/aws/partition';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { withoutCircle } from './circle.ts';
import { type Scope, evaluate } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
import { opaqueIdentity } from './opaque-identity.ts';
import { type ResourceIdentity, identify } from './resource-identity.ts';
import type { ResourcePlace } from './resource-place.ts';
import type { TemplateResource } from './template.ts';

/** Knowledge of a deployment besides the stack's template. */
export interface Surroundings {
  readonly importValue: Scope['importValue'];
  /** @default - the defaults of the template */
  readonly parameters?: ReadonlyMap<string, Json>;
  /** @default - one that says that it is simulated */
  readonly stackId?: string;
  /**
   * Salt of a resource's generated name, to distinguish it from earlier ones of the same logical id.
   *
   * @default - every resource is the first
   */
  readonly saltOf?: (logicalId: string) => string | undefined;
}

/**
 * The scope of a stack's template.
 * @param opaqueRefs receives type and logical id of each opaque resource by its `Ref`; undefined where types that are not
 *   known are a problem
 */
export function scopeOf(
  stack: AssembledStack,
  { importValue, parameters, stackId, saltOf = () => undefined }: Surroundings,
  problems: string[],
  opaqueRefs: Map<string, string> | undefined,
): Scope {
  const { template, account, region, name } = stack;
  const partition = partitionOf(region);
  const identityOf = (logicalId: string, resource: TemplateResource): ResourceIdentity | undefined => {
    const place: ResourcePlace = { partition, account, region, stackName: name, logicalId, salt: saltOf(logicalId) };
    const known = identify(resource.Type, place, nameProperties(resource, scope));
    if (known || !opaqueRefs) return known;
    const { Type, Properties = {} } = resource;
    const opaque = opaqueIdentity(Type, place, (key) => {
      const value = Properties[key];
      return value === undefined ? undefined : evaluate(value, scope, key);
    });
    opaqueRefs.set(opaque.ref, `${Type} ${logicalId}`);
    return opaque;
  };
  const nameTrail: string[] = [];
  const scope: Scope = {
    template,
    pseudo: {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': partition,
      'AWS::StackName': name,
      'AWS::StackId': stackId ?? `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/simulated`,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    },
    identity: memoize((logicalId) => {
      const resource = template.Resources[logicalId];
      const place = `${stack.path} ${logicalId}`;
      return resource && withoutCircle(nameTrail, place, 'names', () => identityOf(logicalId, resource));
    }),
    conditionTrail: [],
    importValue,
    parameters,
    problem: (path, message) => problems.push(`${stack.path} ${path}: ${message}`),
  };
  return scope;
}

/** The properties that a name is made of; only these are resolved to name a resource, so that names have no cycles. */
function nameProperties({ Properties = {} }: TemplateResource, scope: Scope): JsonObject {
  const names = Object.entries(Properties).filter(([key]) => key === 'Path' || key.endsWith('Name'));
  return Object.fromEntries(names.map(([key, value]) => [key, evaluate(value, scope, key)]));
}

/** The function, which computes each value once. */
export function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    const computed = compute(key);
    known.set(key, computed);
    return computed;
  };
}
