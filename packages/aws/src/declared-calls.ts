/**
 * Key in the metadata of a resource that states calls of the code that runs with its role: of a function its own, of a
 * role those of anyone who assumes it. CloudFormation resolves intrinsic functions there, too ("Metadata attribute").
 */
export const declaredCallsKey = 'crosswind:calls';

/** Calls that code makes, apart from what it may do: what it may do and never does is unneeded. */
export interface DeclaredCalls {
  /** For example `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, or `*` for actions without a resource; `*` in an ARN stands for what only a run knows. */
  readonly resources: readonly string[];
  /**
   * Condition keys that the request brings along, for example `s3:prefix`.
   *
   * @default - none that a policy asks for
   */
  readonly context?: Readonly<Record<string, string>>;
}
