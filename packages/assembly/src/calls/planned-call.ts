/** Who makes a call. */
export type Caller =
  | { readonly kind: 'role'; readonly arn: string }
  /** A service that acts for itself, for example `cloudwatch.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string };

/** Resource that makes a call, and the part of it, so that a person finds the place. */
export interface Cause {
  /** Construct path of the resource. */
  readonly path: string;
  /** For example `state "Start child"`; empty where the resource makes only one kind of call. */
  readonly part: string;
}

/** A call that the platform will make, as far as its templates say. */
export interface PlannedCall {
  readonly caller: Caller;
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource; `*` in an ARN stands for what only a run knows. */
  readonly resource: string;
  /** The account that owns the resource; empty if that is not known. */
  readonly resourceAccount: string;
  /** Condition keys that AWS sends along. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly by: Cause;
  /**
   * Why it is not known whether AWS makes this call on this resource.
   *
   * @default - it is known
   */
  readonly doubt?: string;
}
