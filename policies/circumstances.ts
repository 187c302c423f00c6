/** What the policies must know beside the platform that they judge. */
export interface Circumstances {
  readonly now: Date;
  /** Version in package.json. */
  readonly version: string;
  /** File names in docs/runbooks, without the extension. */
  readonly runbooks: readonly string[];
  /**
   * What a waiver that is due does. A pull request and the scheduled check fail; a deployment only says so, because a
   * revert at night must still deploy.
   */
  readonly dueWaivers: 'fail' | 'report';
  /**
   * Whether everything that the platform names is deployed. Where something is frozen or withheld, its findings are
   * missing, and a waiver that accepts nothing may still be needed.
   */
  readonly allDeployed: boolean;
}
