import type { StackResource } from './stack-resource.ts';

/** A resource that an update has touched, and what was in its place. */
export interface Touched {
  readonly logicalId: string;
  readonly how: 'created' | 'changed' | 'replaced' | 'kept';
  readonly before?: StackResource;
  /**
   * True if the rollback of its creation leaves it where it is (template reference: "DeletionPolicy attribute").
   *
   * @default false
   */
  readonly isRetained?: boolean;
}

/** Both after one another: what was there before the first, and what the rollback of both has to do. */
export function touchedTwice(earlier: readonly Touched[], later: readonly Touched[]): readonly Touched[] {
  const known = new Map(earlier.map((each) => [each.logicalId, each]));
  for (const each of later) {
    const first = known.get(each.logicalId);
    if (!first) known.set(each.logicalId, each);
    else if (first.how === 'kept') known.set(each.logicalId, { ...each, before: first.before });
    else known.set(each.logicalId, { ...first, isRetained: each.isRetained ?? first.isRetained });
  }
  return [...known.values()];
}
