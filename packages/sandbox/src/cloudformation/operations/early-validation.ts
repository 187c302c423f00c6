import { withLaterAttributes } from '@crosswind/assembly/resource-identity';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isUnresolved, type JsonObject, textOf } from '@crosswind/aws/json';
import { problemsOf, resourceType, validationPath } from '@crosswind/aws/resource-types';
import { DeploymentRefused } from '../refusal.ts';
import type { Provider } from '../resources/provider.ts';
import type { ResourceChange } from '../stacks/resource-change.ts';
import type { DeployedStack } from '../stacks/stack.ts';
import type { ValidationProblem } from '../stacks/stack-operation.ts';
import { withoutReferences } from '../templates/dynamic-references.ts';
import type { Operation } from './operation.ts';
import type { Actor, Permissions } from './permissions.ts';
import type { Plan } from './plan.ts';
import type { Request } from './request.ts';

export interface EarlyValidationPorts {
  readonly provider: Provider;
  readonly permissions: Permissions;
}

/**
 * Problems that CloudFormation finds before it begins on any resource: properties that the schema refuses, names that are
 * taken, buckets to delete that are not empty (User Guide: "Validate stack deployments"). Of its other validations,
 * those of quotas, recorders and repositories, the sandbox has nothing that they look at.
 */
export function earlyProblems(
  ports: EarlyValidationPorts,
  stack: DeployedStack,
  { desired, changes }: Pick<Plan, 'desired' | 'changes'>,
  actor: Actor | undefined,
): readonly ValidationProblem[] {
  const place = desired.stack;
  const wanted = new Map(place.resources.map((resource) => [resource.logicalId, resource]));
  return changes.flatMap((change) => {
    const resource = wanted.get(change.logicalId);
    if (!resource) return hindrances(ports, stack, place, change);
    const properties = change.action === 'Add' || change.properties.length > 0 ? propertyProblems(resource) : [];
    return [...properties, ...(change.action === 'Add' ? conflicts(ports, resource, place, actor) : [])];
  });
}

function propertyProblems({ logicalId, type, properties }: Resource): readonly ValidationProblem[] {
  return problemsOf(type, knownOnly(properties)).map((problem) => ({
    name: 'PROPERTY_VALIDATION',
    mode: 'FAIL',
    logicalId,
    type,
    reason: problem.earlyMessage,
    path: validationPath(logicalId, problem),
  }));
}

/** Properties in which what only the deployment brings is unresolved: anything may be there. */
const knownOnly = (properties: JsonObject): JsonObject =>
  withoutReferences(JSON.parse(withLaterAttributes(JSON.stringify(properties), () => undefined)) as JsonObject);

/** A resource that exists already under the identifier that the template gives. Without permission to read, none is found. */
function conflicts(
  { provider, permissions }: EarlyValidationPorts,
  resource: Resource,
  place: Stack,
  actor: Actor | undefined,
): readonly ValidationProblem[] {
  const { logicalId, type } = resource;
  const properties = knownOnly(resource.properties);
  const names = resourceType(type)?.id ?? [];
  const identifier = names.map((name) => textOf(properties[name])).join('|');
  const isGiven = names.length > 0 && names.every((name) => Object.hasOwn(properties, name));
  if (!isGiven || isUnresolved(identifier)) return [];
  if (!provider.read(resource, place) || !mayRead(permissions, actor, resource, place)) return [];
  return [
    {
      name: 'NAME_CONFLICT_VALIDATION',
      mode: 'FAIL',
      logicalId,
      type,
      physicalId: identifier,
      // As in aws-cloudformation/rain#744.
      reason: `Resource of type '${type}' with identifier '${identifier}' already exists.`,
      path: validationPath(logicalId, { pointer: `/${names[0] ?? ''}` }),
    },
  ];
}

function mayRead(permissions: Permissions, actor: Actor | undefined, resource: Resource, place: Stack): boolean {
  try {
    permissions.check(actor, { operation: 'read' }, resource, place);
    return true;
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    return false;
  }
}

/** Why a resource that goes cannot be deleted as it is now: a warning, because that may change. */
function hindrances(
  { provider }: EarlyValidationPorts,
  { resources }: DeployedStack,
  place: Stack,
  { logicalId, type, policy }: ResourceChange,
): readonly ValidationProblem[] {
  const existing = resources.get(logicalId);
  const reason = existing?.deployed && policy === 'Delete' ? provider.hindrance(existing.deployed, place) : undefined;
  if (reason === undefined) return [];
  const path = `/Resources/${logicalId}`;
  const physicalId = existing?.physicalId;
  return [{ name: 'BUCKET_EMPTINESS_VALIDATION', mode: 'WARN', logicalId, type, physicalId, reason, path }];
}

/** Names of the validations that stop an operation, as its reason has them. */
const checks: Partial<Readonly<Record<ValidationProblem['name'], string>>> = {
  PROPERTY_VALIDATION: 'AWS::EarlyValidation::PropertyValidation',
  NAME_CONFLICT_VALIDATION: 'AWS::EarlyValidation::ResourceExistenceCheck',
};

/** AWS's reason for an operation that early validation stops (aws/aws-cdk-cli#1000); undefined if nothing stops it. */
export function refusalFor(problems: readonly ValidationProblem[]): string | undefined {
  const failed = new Set(problems.filter(({ mode }) => mode === 'FAIL').map(({ name }) => checks[name]));
  if (failed.size === 0) return undefined;
  return `The following hook(s)/validation failed: [${[...failed].join(', ')}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`;
}

/** The reason why early validation stops an operation before its first resource; the history has its findings. */
export function refusalOf(
  ports: EarlyValidationPorts,
  { stack, history }: Operation,
  plan: Plan,
  { actor, isValidated = false }: Request,
): string | undefined {
  if (!isValidated) return undefined;
  // Warnings belong to change sets alone (User Guide: "Validate stack deployments").
  const failures = earlyProblems(ports, stack, plan, actor).filter(({ mode }) => mode === 'FAIL');
  history.note(failures);
  return refusalFor(failures);
}
