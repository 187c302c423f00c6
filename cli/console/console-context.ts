import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../../config/schema.ts';
import type { CleanUp } from '../interrupt.ts';
import type { TenantResults } from './results/tenant-results.ts';

/** Source of the sections of a page. */
export interface ConsoleContext {
  readonly sandbox: Sandbox;
  /** Root of the clone. */
  readonly root: string;
  /** Undefined for an app that is not this platform. */
  readonly platform: Platform | undefined;
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly region: string }[];
  /**
   * Tenant that the command line chose: its workflow is the first to start.
   *
   * @default - none is before the others
   */
  readonly tenant?: string;
  /** Stacks of the assembly, in the order of their deployment. */
  readonly stacks: readonly Stack[];
  /** Results by tenant: the same map again as long as no run has ended. */
  readonly results: () => Promise<ReadonlyMap<string, TenantResults>>;
  /**
   * Ends what an action has started, when the server ends.
   *
   * @default - nothing can be started
   */
  readonly cleanUp?: CleanUp;
}
