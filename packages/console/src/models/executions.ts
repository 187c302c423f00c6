/** An execution, as DescribeExecution knows it, with what started it. Times are milliseconds since the epoch. */
export interface ExecutionModel {
  readonly arn: string;
  /** Name of the execution. */
  readonly name: string;
  /** Name for people, for example `wind-speed parent`. */
  readonly title: string;
  readonly account: string;
  readonly machineArn: string;
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED` or `PENDING_REDRIVE`. */
  readonly status: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** Null for an execution that no other one of the snapshot started. */
  readonly parent: ParentModel | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** JSON text; null where it was left out, or where there is none. */
  readonly input: string | null;
  readonly output: string | null;
}

export interface ParentModel {
  readonly arn: string;
  /** Event of the parent that names the execution; null where a batch started it. */
  readonly event: number | null;
  /** ARN of the role with which it was started; null for the parent's own. */
  readonly role: string | null;
}
