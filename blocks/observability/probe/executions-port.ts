/** An execution as ListExecutions and DescribeExecution answer it; times are in milliseconds since the epoch. */
export interface SeenExecution {
  readonly arn: string;
  readonly name: string;
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly stoppedAt?: number;
}

/** A part of a list, the newest first. */
export interface SeenPage {
  readonly executions: readonly SeenExecution[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Executions of one account, as far as a probe asks for them. All answer `undefined` or nothing for what is not there. */
export interface ExecutionsPort {
  readonly running: (stateMachineArn: string, page?: string) => Promise<SeenPage>;
  /** The newest executions, whatever their status. */
  readonly newest: (stateMachineArn: string) => Promise<SeenPage>;
  readonly describe: (executionArn: string) => Promise<SeenExecution | undefined>;
  /** Timeout of a state machine; undefined if it has none. */
  readonly timeoutSeconds: (stateMachineArn: string) => Promise<number | undefined>;
}
