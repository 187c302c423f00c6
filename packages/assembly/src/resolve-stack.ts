import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { declaredCallsKey } from '@crosswind/aws/declared-calls';
import { type Scope, evaluate, holds } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
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
  /** Value of `Ref`: its physical id. */
  readonly ref: string;
  /** Absent for types that have none. */
  readonly arn?: string;
  /** Logical ids of the resources that must exist before this one. */
  readonly dependencies: readonly string[];
  /**
   * Calls of the code that runs with the role of the resource, as its metadata states them (@crosswind/aws/declared-calls).
   *
   * @default - it states none
   */
  readonly declaredCalls?: readonly JsonObject[];
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
export interface Stack extends AssembledStack {
  readonly resources: readonly Resource[];
}

/**
 * The stack with its resources resolved.
 * @param isTolerant true if a resource whose condition is not known is kept
 */
export function resolveStack(stack: AssembledStack, scope: Scope, isTolerant: boolean): Stack {
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
  const properties = objectOf(evaluate(Properties, scope, `${logicalId}.Properties`));
  const path = Metadata['aws:cdk:path'];
  const declared = Metadata[declaredCallsKey];
  const place = `${logicalId}.Metadata`;
  const identity = scope.identity(logicalId);
  return {
    logicalId,
    type: Type,
    properties,
    path: typeof path === 'string' ? path : logicalId,
    name: identity?.name ?? logicalId,
    ref: identity?.ref ?? logicalId,
    arn: identity?.arn,
    dependencies: [...new Set([...[DependsOn].flat(), ...referencedIds(Properties, template.Resources)])],
    ...(declared !== undefined && { declaredCalls: listOf(evaluate(declared, scope, place)).map(objectOf) }),
  };
}

/** Forms of a reference in the text of a template: `Ref`, `Fn::GetAtt` as a list or as a text, and `Fn::Sub`. */
const references = /\{"Ref":"([^"]+)"\}|"Fn::GetAtt":\["([^"]+)",|"Fn::GetAtt":"([^".]+)\.|\$\{([^}.]+)[.}]/g;

/** Logical ids that intrinsic functions in `value` refer to. */
function referencedIds(value: Json, resources: Readonly<Record<string, TemplateResource>>): readonly string[] {
  const named = new Set([...JSON.stringify(value).matchAll(references)].map(([, ...names]) => names.join('')));
  return named.size === 0 ? [] : Object.keys(resources).filter((id) => named.has(id));
}

/** The resource; what its policies say of opaque resources without an ARN is unresolved. */
export function withoutUnknownPolicies(resource: Resource, opaqueRefs: ReadonlyMap<string, string>): Resource {
  const unresolved = [...resource.unresolved];
  const place = `${resource.logicalId}.Properties`;
  const properties = withoutUnknownArns(resource.properties, place, opaqueRefs, (path, message) => {
    unresolved.push(`${path}: ${message}`);
  });
  return { ...resource, properties: objectOf(properties), unresolved };
}
