import type { ExecutionType } from '@crosswind/workflow/definition/definition';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import type { Json } from '@crosswind/aws/json';
import type { Outcome } from '@crosswind/workflow/execution/protocol';
import type { MapRun } from './map-run.ts';
import type { RedriveTokens } from './redrive-tokens.ts';
import type { DeployedStateMachine } from './state-machines.ts';

/** What a child execution says of the Map Run that started it. */
export interface Dispatch {
  readonly mapRunArn: string;
  /** What the child names as its state machine: the machine's ARN followed by `/` and the Map Run's label. */
  readonly stateMachineArn: string;
  readonly itemCount: number;
}

/** An execution of a state machine, as DescribeExecution and GetExecutionHistory would tell of it. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: DeployedStateMachine;
  readonly type: ExecutionType;
  /** Absent unless a Map Run started it. */
  readonly dispatch?: Dispatch;
  readonly input: Json;
  /** Milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
  stoppedAt?: number;
  /** Absent while it runs. */
  outcome?: Outcome;
  /** @default 0 */
  redriveCount?: number;
  /** When it was last redriven, in virtual time. */
  redrivenAt?: number;
  /** Client tokens that redrove it. */
  redriveTokens?: RedriveTokens;
  /** Whether it is a child that a redriven Map Run has yet to run again. */
  isPendingRedrive?: boolean;
  readonly history: HistoryEvent[];
  /** The Map Runs that it started, in order. */
  readonly mapRuns: MapRun[];
}

export const statusOf = ({
  outcome,
  isPendingRedrive,
}: Execution): Outcome['status'] | 'RUNNING' | 'PENDING_REDRIVE' =>
  isPendingRedrive === true ? 'PENDING_REDRIVE' : (outcome?.status ?? 'RUNNING');
