import type { Stack } from '@crosswind/assembly/resolve';
import type { AccountKind } from '../../config/account-kinds.ts';
import type { DecidingOrganization } from './decide-call.ts';

/** Stacks and policies that decide about the calls of a platform. */
export interface ReachInputs {
  /** Stacks of the assembly. */
  readonly stacks: readonly Stack[];
  /** Stacks that an administrator deploys. */
  readonly baseline: readonly Stack[];
  readonly organization: DecidingOrganization;
  /** Kind of each account of the platform, by its id. */
  readonly kinds: ReadonlyMap<string, AccountKind>;
}
