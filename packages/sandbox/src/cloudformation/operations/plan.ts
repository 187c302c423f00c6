import type { ResourceChange } from '../stacks/resource-change.ts';
import type { StackInput } from '../stacks/stack-input.ts';
import { type AssembledStack } from '@crosswind/assembly/read-assembly';
import { type DesiredStack, type Resource, resolveForDeployment } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, objectOf } from '@crosswind/aws/json';
import { replacementOf } from '@crosswind/aws/resource-types';
import { withKnownAttributes } from '../later-attributes.ts';
import { DeploymentRefused } from '../refusal.ts';
import { answersOf, type DeployedStack } from '../stacks/stack.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { checkReferences, withReferences } from '../templates/dynamic-references.ts';
import { withStackTags } from './stack-tags.ts';

/** The stack that an operation wants, and the way to it. */
export interface Plan {
  readonly desired: DesiredStack;
  readonly changes: readonly ResourceChange[];
  /** Salts of names, by logical id. */
  readonly salts: ReadonlyMap<string, string | undefined>;
  /** Names of the exports that the stack imports, those that do not exist too. */
  readonly imports: ReadonlySet<string>;
}

/** Salt of a resource's generated name, by logical id. */
type SaltOf = (logicalId: string) => string | undefined;

export interface PlanPorts {
  readonly importValue: (name: string) => Json | undefined;
  /** How many stacks of this name there were before. */
  readonly incarnation: number;
}

/**
 * Compares a stack with a template.
 * @throws DeploymentRefused for a change that AWS refuses before it begins
 */
export function planOf(stack: DeployedStack, input: StackInput, { importValue, incarnation }: PlanPorts): Plan {
  const assembled = assembledOf(stack, input);
  const parameters = new Map([...input.parameters, ...input.resolvedParameters]);
  const imports = new Set<string>();
  const noted = (name: string): Json | undefined => {
    imports.add(name);
    return importValue(name);
  };
  const first = incarnation > 1 ? `${incarnation}` : undefined;
  const planned = replacing(stack, input, first, (saltOf) => {
    imports.clear();
    return resolveForDeployment(assembled, { importValue: noted, parameters, stackId: stack.id, saltOf });
  });
  return { ...planned, imports };
}

/**
 * Compares a stack with what is wanted of it, in which each resource that is replaced has another name.
 * @param first salt of resources that are new
 */
export function replacing(
  stack: DeployedStack,
  input: StackInput,
  first: string | undefined,
  desiredWith: (saltOf: SaltOf) => DesiredStack,
): Omit<Plan, 'imports'> {
  const salts = new Map([...stack.resources.values()].map(({ logicalId, salt }) => [logicalId, salt]));
  const saltOf = (logicalId: string): string | undefined => (salts.has(logicalId) ? salts.get(logicalId) : first);
  const replaced = new Set<string>();
  for (;;) {
    const desired = withStackTags(desiredWith(saltOf), input.tags);
    const changes = changesOf(stack, desired, input);
    const more = changes.filter(({ replacement, logicalId }) => replacement === 'True' && !replaced.has(logicalId));
    if (more.length === 0) {
      checkReferences(desired.stack.resources);
      const ids = desired.stack.resources.map(({ logicalId }) => logicalId);
      return { desired, changes, salts: new Map(ids.map((id) => [id, saltOf(id)])) };
    }
    // A new name for each of them may change what refers to it, so the rest is compared again.
    for (const { logicalId } of more) {
      replaced.add(logicalId);
      salts.set(logicalId, `${saltOf(logicalId) ?? ''}+`);
    }
  }
}

/** The stack as the assembly reader knows one. */
export const assembledOf = (
  { name, account, region, id }: Pick<DeployedStack, 'name' | 'account' | 'region' | 'id'>,
  { template }: Pick<StackInput, 'template'>,
): AssembledStack => ({
  path: name,
  name,
  account,
  region,
  template,
  templateFile: '',
  assets: new Map(),
  dependencies: [],
  id,
  isAgnostic: false,
});

/** The changes that bring a stack to what is wanted. */
function changesOf(
  stack: DeployedStack,
  { stack: { resources } }: DesiredStack,
  input: StackInput,
): readonly ResourceChange[] {
  const wanted = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const existing = [...stack.resources.values()].filter(({ deployed }) => deployed);
  const removed = existing.filter(({ logicalId }) => !wanted.has(logicalId));
  const templates = stack.input?.template.Resources ?? {};
  return [
    ...resources.flatMap((resource) => change(stack, resource, input)),
    ...removed.map(({ logicalId, type, physicalId }): ResourceChange => ({
      action: 'Remove',
      logicalId,
      type,
      physicalId,
      properties: [],
      policy: templates[logicalId]?.DeletionPolicy ?? 'Delete',
    })),
  ];
}

function change(stack: DeployedStack, resource: Resource, { template }: StackInput): readonly ResourceChange[] {
  const { logicalId, type } = resource;
  const existing = stack.resources.get(logicalId);
  const own = template.Resources[logicalId];
  // One whose creation failed may have left something, and is created again.
  if (!existing?.deployed || existing.status === 'CREATE_FAILED') {
    return [{ action: 'Add', logicalId, type, properties: [], policy: own?.DeletionPolicy ?? 'Delete' }];
  }
  if (existing.type !== type) {
    const message = `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${logicalId}]`;
    throw new DeploymentRefused('ValidationError', message);
  }
  const {
    changes: properties,
    decision,
    assumed,
  } = replacementOf(type, existing.deployed.properties, withKnown(resource, stack, existing));
  const before = stack.input?.template.Resources[logicalId];
  if (properties.length === 0 && !differ(before, own)) return [];
  return [
    {
      action: 'Modify',
      logicalId,
      type,
      physicalId: existing.physicalId,
      replacement: decision === 'replacement' ? 'True' : assumed.length > 0 ? 'Conditional' : 'False',
      properties,
      policy: own?.UpdateReplacePolicy ?? 'Delete',
    },
  ];
}

/**
 * Properties with the attributes that custom resources have answered until now; they may answer others. A dynamic
 * reference is the same as long as its text is: a new value alone changes nothing (User Guide: "Get values stored in
 * other services using dynamic references").
 */
const withKnown = ({ properties }: Resource, stack: DeployedStack, { references }: StackResource): JsonObject =>
  withReferences(withKnownAttributes(properties, answersOf(stack)), ({ text }) => references?.get(text) ?? text);

/** True if something of a resource besides its properties changes. */
const differ = (one: object | undefined, other: object | undefined): boolean =>
  ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'].some((key) => {
    const [before, after] = [one, other].map((each) => objectOf(each as JsonObject | undefined)[key] ?? null);
    return JSON.stringify(before) !== JSON.stringify(after);
  });
