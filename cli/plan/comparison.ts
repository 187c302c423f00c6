import { assetDigests } from './diff/assets.ts';
import type { ResourceChange } from './diff/resource-change.ts';
import { type ResourceChanges, resourceChanges } from './diff/resource-changes.ts';
import { shapeWithout } from './diff/shape.ts';
import { type StackPairs, stackPairs } from './diff/stack-pairs.ts';
import { type Movement, movementOf } from './movement.ts';
import type { PlanSide } from './plan-side.ts';
import { namesByAccount, platformNames } from './platform-names.ts';

/** Differences of two sides, before anybody says what they mean. */
export interface Comparison extends ResourceChanges {
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly pairs: StackPairs;
  readonly movement: Movement;
  /** New names of resources that are replaced, by their old ones. */
  readonly renames: ReadonlyMap<string, string>;
  /** Shape of a text, in which accounts and tenants are numbers. */
  readonly shape: (text: string) => string;
}

/** Compares two sides. */
export function compared(before: PlanSide, after: PlanSide): Comparison {
  const pairs = stackPairs(before.stacks, after.stacks);
  const platforms = [before.platform, after.platform];
  const differences = resourceChanges(pairs.kept, {
    digests: assetDigests([...before.stacks, ...after.stacks]),
    namesIn: namesByAccount(platforms),
  });
  const renames = new Map(differences.changes.flatMap(renameOf));
  return {
    ...{ before, after, pairs, renames, ...differences },
    movement: movementOf(before.platform, after.platform, renames),
    shape: shapeWithout(platforms.flatMap(platformNames)),
  };
}

/** The name before and after of a resource that is replaced. A role keeps its own section: it acts by its name. */
function renameOf({ consequence, before, after }: ResourceChange): readonly (readonly [string, string])[] {
  if (consequence !== 'replaced' && consequence !== 'may be replaced') return [];
  if (!before || !after || before.type === 'AWS::IAM::Role' || before.name === after.name) return [];
  return [[before.name, after.name]];
}
