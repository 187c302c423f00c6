import type { Resource } from '@crosswind/assembly/resolve';
import { DeploymentRefused } from '../refusal.ts';

/**
 * The resources so that each comes after its dependencies.
 * @throws DeploymentRefused when they run in a circle
 */
export function inOrder(resources: readonly Resource[]): readonly Resource[] {
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
