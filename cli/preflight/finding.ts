/** Something in an account that is not as the next push needs it. */
export interface Finding {
  readonly check: Check;
  /** An `error` stops the next push, or would; a `warning` does not. */
  readonly severity: 'error' | 'warning';
  readonly account: string;
  readonly id: string;
  /** @default - it is about the whole account */
  readonly region?: string;
  readonly found: string;
  readonly needed: string;
  /** The command that fixes it, or what a person does where there is none. */
  readonly fix: string;
}

/** Something that is found, before it is said how bad it is. */
export interface Found extends Omit<Finding, 'severity'> {
  /**
   * True if it stops no push.
   *
   * @default - its check and its account say so
   */
  readonly isWarning?: true;
}

export type Check =
  | 'viewer role'
  | 'baseline'
  | 'bootstrap version'
  | 'guard'
  | 'link'
  | 'connection'
  | 'Lambda concurrency'
  | 'quota'
  | 'subscription'
  | 'stack';
