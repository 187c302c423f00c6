import type { AccountKind } from '../config/account-kinds.ts';

/** Facts that the policies need besides the platform that they check. */
export interface Circumstances {
  readonly now: Date;
  /** Version in package.json. */
  readonly version: string;
  /**
   * Id of the organization that the platform belongs to.
   *
   * @default - any organization counts as the own one
   */
  readonly organization?: string;
  /**
   * Kind of each account of the platform, by its id.
   *
   * @default - no account has guards, so nothing is held against them
   */
  readonly kinds?: ReadonlyMap<string, AccountKind>;
  /** Paths in the repository, for example `docs/runbooks/executions-failed.md`. */
  readonly runbooks: readonly string[];
  /**
   * Names of accounts by their ids.
   *
   * @default - accounts are called by their ids
   */
  readonly accountNames?: ReadonlyMap<string, string>;
  /**
   * Effect of a waiver that is due. `npm run check`, which pull requests and the pipeline run, and the scheduled check
   * fail; a plain synth only reports it.
   */
  readonly dueWaivers: 'fail' | 'report';
  /**
   * True if everything that the platform names is deployed. The findings of a frozen or withheld deployment are
   * missing, so a waiver that accepts nothing may still be needed.
   */
  readonly allDeployed: boolean;
}
