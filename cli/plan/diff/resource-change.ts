import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { ValueChange } from './leaf-differences.ts';
import type { Consequence } from './template-difference.ts';

/** A resource of one stack that a deployment creates, changes, replaces or deletes. */
export interface ResourceChange {
  readonly consequence: Consequence;
  readonly type: string;
  readonly logicalId: string;
  /** Construct path, for example `Crosswind/dev-orders/Child/Orders/Table/Resource`. */
  readonly path: string;
  /** Its stack after the change; before it for one that is deleted. */
  readonly stack: Stack;
  /** Resolved resource before; absent for a new one, and for one whose condition is not known. */
  readonly before?: Resource;
  readonly after?: Resource;
  /** Values that differ, resolved where they are known; those that replace it first. */
  readonly values: readonly (ValueChange & { readonly replaces: 'always' | 'maybe' | 'never' })[];
  /** True if nothing of its own differs: a resource that it refers to is replaced. */
  readonly followsReplacement: boolean;
  /** Policy for its old physical resource (`DeletionPolicy`, `UpdateReplacePolicy`), for example `Retain`. */
  readonly policy?: string;
}

/** A resource whose code or other asset is new. */
export interface AssetChange {
  readonly type: string;
  readonly path: string;
  readonly stack: Stack;
}
