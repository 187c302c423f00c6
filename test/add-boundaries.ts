import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../config/schema.ts';
import { accountsInOrder, guardedOf } from '../onboarding/baseline/baseline.ts';
import { boundary } from '../policies/organization/boundary.ts';
import { guardNames } from '../policies/organization/guarded.ts';

/** Gives each account of a platform the boundary of its baseline, for tests that deploy stacks without the pipeline. */
export function addBoundaries({ identities }: Pick<Sandbox, 'identities'>, platform: Platform): void {
  const guarded = guardedOf(platform);
  for (const { id, kind } of accountsInOrder(platform)) {
    const arn = `arn:${guarded.partition}:iam::${id}:policy/${guardNames.boundary}`;
    identities.setManagedPolicy(arn, { name: guardNames.boundary, document: boundary(guarded, kind) });
  }
}
