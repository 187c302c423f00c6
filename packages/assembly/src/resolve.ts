import { partitionOf } from '@crosswind/aws/partition';
import { withoutCircle } from './circle.ts';
import { importsFrom } from './exports.ts';
import { type Scope, evaluate, holds } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
import { opaqueIdentity } from './opaque-identity.ts';
import { type ResourceIdentity, identify } from './resource-identity.ts';
import type { ResourcePlace } from './resource-place.ts';
import { type Json, type JsonObject, objectOf } from '@crosswind/aws/json';
import type { TemplateResource } from './template.ts';
import { withoutUnknownArns } from './unknown-policy-resources.ts';

/** A resource with the names and ARNs that it will have, and properties without intrinsic functions. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** Construct path, or the logical id if the template has none. */
  readonly path: string;
  readonly name: string;
  /** Absent for types that have none. */
  readonly arn?: string;
  /** Logical ids of the resources that must exist before this one. */
  readonly dependencies: readonly string[];
  /** Parts of its properties that could not be resolved and read `<unresolved>`, each with its place. */
  readonly unresolved: readonly string[];
  /**
   * True if its condition could not be resolved, so that it may not be there.
   *
   * @default false
   */
  readonly mayBeAbsent?: boolean;
}

/** A stack whose resources are resolved. */
export interface Stack extends Omit<AssembledStack, 'template'> {
  readonly resources: readonly Resource[];
}

/** Error with everything in an assembly that could not be resolved. */
export class UnresolvedError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the cloud assembly cannot be resolved:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'UnresolvedError';
    this.problems = problems;
  }
}

/** Stacks whose resources are resolved as far as they can be, and what cannot be. */
export interface PartlyResolved {
  /** Unknown values in them read `<unresolved>`. */
  readonly stacks: readonly Stack[];
  readonly problems: readonly string[];
}

/** Every stack with its resources resolved; throws an UnresolvedError that names whatever is not. */
export function resolveStacks(assembled: readonly AssembledStack[]): readonly Stack[] {
  const { stacks, problems } = resolvePartly(assembled);
  if (problems.length > 0) throw new UnresolvedError(problems);
  return stacks;
}

/**
 * Every stack with its resources resolved as far as they can be, to run it: types that are not known have made-up names,
 * and each resource lists what of it is unresolved.
 */
export const resolveTolerantly = (assembled: readonly AssembledStack[]): readonly Stack[] =>
  resolve(assembled, true).stacks;

/** Every stack with what is known of its resources: enough to judge them, not to run them. */
export const resolvePartly = (stacks: readonly AssembledStack[]): PartlyResolved => resolve(stacks, false);

function resolve(stacks: readonly AssembledStack[], isTolerant: boolean): PartlyResolved {
  const problems: string[] = [];
  const opaqueRefs = isTolerant ? new Map<string, string>() : undefined;
  const scopeIn = memoize((stack: AssembledStack): Scope =>
    scopeOf(stack, (name) => imported(stack, name), problems, opaqueRefs),
  );
  const imported = importsFrom(stacks, scopeIn);
  const resolved = stacks.map((stack) => resolveStack(stack, scopeIn(stack), isTolerant));
  if (!opaqueRefs) return { stacks: resolved, problems: [...new Set(problems)] };
  const marked = resolved.map(({ resources, ...stack }) => ({
    ...stack,
    resources: resources.map((resource) => withoutUnknownPolicies(resource, opaqueRefs)),
  }));
  return { stacks: marked, problems: [...new Set(problems)] };
}

function withoutUnknownPolicies(resource: Resource, opaqueRefs: ReadonlyMap<string, string>): Resource {
  const unresolved = [...resource.unresolved];
  const place = `${resource.logicalId}.Properties`;
  const properties = withoutUnknownArns(resource.properties, place, opaqueRefs, (path, message) => {
    unresolved.push(`${path}: ${message}`);
  });
  return { ...resource, properties: objectOf(properties), unresolved };
}

function scopeOf(
  stack: AssembledStack,
  importValue: Scope['importValue'],
  problems: string[],
  opaqueRefs: Map<string, string> | undefined,
): Scope {
  const { template, account, region, name } = stack;
  const partition = partitionOf(region);
  const identityOf = (logicalId: string, resource: TemplateResource): ResourceIdentity | undefined => {
    const place: ResourcePlace = { partition, account, region, stackName: name, logicalId };
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
      'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/simulated`,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    },
    identity: memoize((logicalId) => {
      const resource = template.Resources[logicalId];
      const place = `${stack.path} ${logicalId}`;
      return resource && withoutCircle(nameTrail, place, 'names', () => identityOf(logicalId, resource));
    }),
    conditionTrail: [],
    importValue,
    problem: (path, message) => problems.push(`${stack.path} ${path}: ${message}`),
  };
  return scope;
}

/** The properties that a name is made of; only these are resolved to name a resource, so that names have no cycles. */
function nameProperties({ Properties = {} }: TemplateResource, scope: Scope): JsonObject {
  const names = Object.entries(Properties).filter(([key]) => key === 'Path' || key.endsWith('Name'));
  return Object.fromEntries(names.map(([key, value]) => [key, evaluate(value, scope, key)]));
}

function resolveStack(stack: AssembledStack, scope: Scope, isTolerant: boolean): Stack {
  const resources = Object.entries(stack.template.Resources).flatMap(([logicalId, resource]): readonly Resource[] => {
    const { Condition } = resource;
    const doubts: string[] = [];
    const isThere = Condition === undefined || holds({ Condition }, noting(doubts, scope), Condition);
    // A resource to run is named instead of left out if its condition is not known.
    if (isThere === false || (isThere === undefined && !isTolerant)) return [];
    const unresolved: string[] = [];
    const resolved = resolveResource(stack, logicalId, resource, noting(unresolved, scope));
    if (isThere) return [{ ...resolved, unresolved }];
    return [{ ...resolved, unresolved: [...doubts, ...unresolved], mayBeAbsent: true }];
  });
  return { ...stack, resources };
}

/** The scope, whose problems are also added to a list. */
const noting = (problems: string[], scope: Scope): Scope => ({
  ...scope,
  problem: (place, message) => {
    problems.push(`${place}: ${message}`);
    scope.problem(place, message);
  },
});

function resolveResource(
  { template }: AssembledStack,
  logicalId: string,
  resource: TemplateResource,
  scope: Scope,
): Omit<Resource, 'unresolved'> {
  const { Type, Properties = {}, DependsOn = [], Metadata = {} } = resource;
  const properties = evaluate(Properties, scope, `${logicalId}.Properties`) as JsonObject;
  const path = Metadata['aws:cdk:path'];
  const identity = scope.identity(logicalId);
  return {
    logicalId,
    type: Type,
    properties,
    path: typeof path === 'string' ? path : logicalId,
    name: identity?.name ?? logicalId,
    arn: identity?.arn,
    dependencies: [...new Set([...[DependsOn].flat(), ...referencedIds(Properties, template.Resources)])],
  };
}

/** Logical ids that intrinsic functions in `value` refer to. */
function referencedIds(value: Json, resources: Readonly<Record<string, TemplateResource>>): readonly string[] {
  const text = JSON.stringify(value);
  return Object.keys(resources).filter(
    (id) =>
      text.includes(`{"Ref":"${id}"}`) ||
      text.includes(`"Fn::GetAtt":["${id}",`) ||
      text.includes(`"Fn::GetAtt":"${id}.`) ||
      text.includes(`\${${id}}`) ||
      text.includes(`\${${id}.`),
  );
}

function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    const computed = compute(key);
    known.set(key, computed);
    return computed;
  };
}
