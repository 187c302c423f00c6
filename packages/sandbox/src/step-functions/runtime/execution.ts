import { mapRunCounts, type MapRunState } from '@crosswind/workflow/map-run/state';
import type { MapRunEvent } from '@crosswind/workflow/map-run/protocol';
import type { ExecutionType } from '@crosswind/workflow/definition/definition';
import type { HistoryEvent } from '@crosswind/workflow/execution/history';
import type { Json } from '@crosswind/aws/json';
import type { Outcome } from '@crosswind/workflow/execution/protocol';
import { type Batch, batchesOf } from './batches.ts';
import type { FailedTask } from './failed-tasks.ts';
import type { RedriveTokens } from './redrive-tokens.ts';
import type { DeployedStateMachine } from './state-machines.ts';

/** Reference of a child execution to the Map Run that started it. */
export interface Dispatch {
  readonly mapRunArn: string;
  /** State machine that the child names: the machine's ARN followed by `/` and the Map Run's label. */
  readonly stateMachineArn: string;
  /** Place of its batch in the Map Run, from 0. */
  readonly index: number;
  readonly itemCount: number;
}

/** Execution of a state machine, with the data for DescribeExecution and GetExecutionHistory. */
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
  /** True for a child that a redriven Map Run has yet to run again. */
  isPendingRedrive?: boolean;
  readonly history: HistoryEvent[];
  /** Tasks that failed in a part of the history that is gone: that of an Express child, also before a redrive. */
  failedTasks?: readonly FailedTask[];
  /** The Map Runs that it started, in order. */
  readonly mapRuns: MapRun[];
}

export const statusOf = ({
  outcome,
  isPendingRedrive,
}: Execution): Outcome['status'] | 'RUNNING' | 'PENDING_REDRIVE' =>
  isPendingRedrive === true ? 'PENDING_REDRIVE' : (outcome?.status ?? 'RUNNING');

/** Settings that UpdateMapRun can change. Absent ones stay the same. */
export type MapRunChanges = Omit<Extract<MapRunEvent, { readonly kind: 'updated' }>, 'kind' | 'at'>;

/** Map Run, with the data for DescribeMapRun. */
export class MapRun {
  readonly arn: string;
  /** The execution that it is a part of. */
  readonly executionArn: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly startedAt: number;
  stoppedAt?: number;
  /** Name of the Map state. */
  readonly stateName: string;
  state: MapRunState;
  /** In the order in which they were started. */
  readonly children: Execution[] = [];

  constructor(state: MapRunState, executionArn: string, startedAt: number) {
    this.arn = state.spec.mapRunArn;
    this.executionArn = executionArn;
    this.startedAt = startedAt;
    this.stateName = state.spec.state;
    this.state = state;
  }

  /** Error and cause of the first batch that failed, if one did. */
  firstFailure(): { readonly error?: string; readonly cause?: string } | undefined {
    for (const end of this.state.ended) if (end.kind === 'child-failed') return end;
    return undefined;
  }

  /** Every batch that was started, with its attempts. */
  batches(): readonly Batch[] {
    return batchesOf(this.state, this.children);
  }

  counts(): ReturnType<typeof mapRunCounts> {
    return mapRunCounts(this.state);
  }
}
