import type { ExecutionType } from '../workflow/definition.ts';
import type { HistoryEvent } from '../workflow/history.ts';
import type { Json } from '../workflow/json.ts';
import type { Outcome } from '../workflow/protocol.ts';
import type { MapRun } from './map-run.ts';
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
  readonly history: HistoryEvent[];
  /** The Map Runs that it started, in order. */
  readonly mapRuns: MapRun[];
}

export const statusOf = ({ outcome }: Execution): Outcome['status'] | 'RUNNING' => outcome?.status ?? 'RUNNING';
