import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { isCustomResource, laterAttribute } from '@crosswind/assembly/resource-identity';
import type { JsonObject } from '@crosswind/aws/json';
import type { Cloud } from '../cloud.ts';
import { creators } from './creators.ts';
import { DeploymentRefused } from './refusal.ts';

/** Resource types that describe nothing which the sandbox would have to create. */
const inert = new Set(['AWS::CDK::Metadata']);

/** Creates the resources of a stack, each after those it depends on; refuses as AWS would, naming account and resource. */
export async function deployStack(cloud: Cloud, stack: Stack): Promise<void> {
  const later = new Map<string, string>();
  for (const resource of inOrder(stack.resources)) {
    if (inert.has(resource.type)) continue;
    try {
      await create(cloud, { ...resource, properties: filledIn(resource.properties, later) }, stack, later);
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      const place = `${resource.path} (${resource.type}) in account ${stack.account}`;
      throw new DeploymentRefused(error.code, `${place}: ${error.code}: ${error.message}`);
    }
  }
}

/** Creates one resource; what a custom resource answers is kept for those that come after it. */
async function create(cloud: Cloud, resource: Resource, stack: Stack, later: Map<string, string>): Promise<void> {
  if (isCustomResource(resource.type)) {
    const attributes = await cloud.customResources.create(resource, stack);
    for (const [name, value] of Object.entries(attributes)) later.set(laterAttribute(resource.logicalId, name), value);
    return;
  }
  const creator = creators[resource.type];
  if (!creator) throw new DeploymentRefused('NotSupported', `the sandbox does not know the type ${resource.type}`);
  creator(cloud, resource, stack);
}

/** The properties with what custom resources have answered by now. */
function filledIn(properties: JsonObject, later: ReadonlyMap<string, string>): JsonObject {
  let text = JSON.stringify(properties);
  for (const [marker, value] of later) text = text.replaceAll(marker, () => JSON.stringify(value).slice(1, -1));
  return JSON.parse(text) as JsonObject;
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
