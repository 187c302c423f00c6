/** What the policies must know beside the platform that they judge. */
export interface Circumstances {
  readonly now: Date;
  /** Version in package.json. */
  readonly version: string;
  /** Paths in the repository, for example `docs/runbooks/executions-failed.md`. */
  readonly runbooks: readonly string[];
  /**
   * Effect of a waiver that is due. `npm run check`, which pull requests and the pipeline run, and the scheduled check
   * fail; a plain synth only reports it.
   */
  readonly dueWaivers: 'fail' | 'report';
  /**
   * Whether everything that the platform names is deployed. Where something is frozen or withheld, its findings are
   * missing, and a waiver that accepts nothing may still be needed.
   */
  readonly allDeployed: boolean;
}
