import type { Resource, Stack } from '../../assembly/resolve.ts';
import type { Cloud } from '../cloud.ts';
import { creators } from './creators.ts';
import { DeploymentRefused } from './refusal.ts';

/** Resource types that describe nothing which the sandbox would have to create. */
const inert = new Set(['AWS::CDK::Metadata']);

/** Creates the resources of a stack, each after those it depends on; refuses as AWS would, naming account and resource. */
export function deployStack(cloud: Cloud, stack: Stack): void {
  for (const resource of inOrder(stack.resources)) {
    if (inert.has(resource.type)) continue;
    try {
      const create = creators[resource.type];
      if (!create) throw new DeploymentRefused('NotSupported', `the sandbox does not know the type ${resource.type}`);
      create(cloud, resource, stack);
    } catch (error) {
      if (!(error instanceof DeploymentRefused)) throw error;
      const place = `${resource.path} (${resource.type}) in account ${stack.account}`;
      throw new DeploymentRefused(error.code, `${place}: ${error.code}: ${error.message}`);
    }
  }
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
