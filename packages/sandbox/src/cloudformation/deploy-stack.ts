import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isCustomResource } from '@crosswind/assembly/resource-identity';
import { type Json, unresolved } from '@crosswind/aws/json';
import type { Attributes, Creator } from '../service.ts';
import { customResource } from './custom-resources.ts';
import { filledIn } from './later-attributes.ts';
import type { OpaqueResources } from './opaque-resources.ts';
import { partlyOpaque } from './partly-opaque.ts';
import { DeploymentRefused } from './refusal.ts';

export interface DeployPorts {
  /** How to create a resource, by its type. */
  readonly creators: ReadonlyMap<string, Creator>;
  readonly opaque: OpaqueResources;
}

/** Resource types that describe nothing to create. */
const inert = new Set(['AWS::CDK::Metadata']);

/**
 * Creates the resources of a stack, each after those it depends on; what the sandbox cannot simulate becomes opaque.
 * @throws DeploymentRefused as AWS would refuse, with account and resource
 */
export async function deployStack(ports: DeployPorts, stack: Stack): Promise<void> {
  const answers = new Map<string, Attributes>();
  for (const resource of inOrder(stack.resources)) {
    if (inert.has(resource.type)) continue;
    try {
      await create(ports, filledIn(resource, answers), stack, answers);
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      const place = `${resource.path} (${resource.type}) in account ${stack.account}`;
      throw new DeploymentRefused(error.code, `${place}: ${error.code}: ${error.message}`);
    }
  }
}

/** Creates one resource; the attributes that a custom resource answers are kept by its logical id for those after it. */
async function create(
  { creators, opaque }: DeployPorts,
  resource: Resource,
  stack: Stack,
  answers: Map<string, Attributes>,
): Promise<void> {
  const creator = creators.get(isCustomResource(resource.type) ? customResource : resource.type);
  const isResolved = resource.unresolved.length === 0;
  if (!creator || !isResolved) opaque.add(resource, stack, resource.unresolved.join('; '));
  if (!creator || !(isResolved || partlyOpaque.has(resource.type))) return;
  try {
    await creator(withoutDoubtfulPolicy(resource), stack, ({ attributes }) =>
      answers.set(resource.logicalId, attributes),
    );
  } catch (error) {
    if (!(error instanceof DeploymentRefused) || error.code !== 'NotSupported') throw error;
    opaque.add(resource, stack, error.message);
  }
}

/** The resource; if it may not be there, with a policy whose statements are not known. */
function withoutDoubtfulPolicy(resource: Resource): Resource {
  if (!resource.mayBeAbsent) return resource;
  const properties = Object.entries(resource.properties).map(([name, value]): [string, Json] => [
    name,
    name === 'PolicyDocument' || name === 'KeyPolicy' ? unresolved : value,
  ]);
  return { ...resource, properties: Object.fromEntries(properties) };
}

/** The resources so that each comes after its dependencies; throws when they run in a circle. */
function inOrder(resources: readonly Resource[]): readonly Resource[] {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const ordered = new Set<Resource>();
  const visit = (resource: Resource, trail: readonly string[]): void => {
    if (ordered.has(resource)) return;
    if (trail.includes(resource.logicalId)) {
      const circle = trail.slice(trail.indexOf(resource.logicalId));
      throw new DeploymentRefused('ValidationError', `Circular dependency between resources: [${circle.join(', ')}]`);
    }
    for (const id of resource.dependencies) {
      const dependency = byId.get(id);
      if (dependency) visit(dependency, [...trail, resource.logicalId]);
    }
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource, []);
  return [...ordered];
}
