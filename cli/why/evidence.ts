import type { RecordedFacts } from '../run-record/recorded-facts.ts';
import type {
  RecordedDecision,
  RecordedDenial,
  RecordedExecution,
  RecordedLogGroup,
} from '../run-record/run-record.ts';

/** Another execution of a state machine of the run, as far as a comparison needs it. */
export interface OtherRun {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  /** JSON text; null where nobody read it. */
  readonly input: string | null;
  /** Milliseconds in each state, in the order in which they were entered; empty where nobody read them. */
  readonly states: readonly StateTime[];
}

export interface StateTime {
  readonly name: string;
  readonly milliseconds: number;
}

/** All that is known about a run. Times are in milliseconds since the epoch: virtual ones in a sandbox. */
export interface Evidence extends RecordedFacts {
  /** Where it comes from; on AWS, decisions about permissions cannot be seen. */
  readonly source: 'sandbox' | 'record' | 'aws';
  /** When it was collected. */
  readonly at: number;
  /** The execution that is asked for; null where none was started. */
  readonly asked: string | null;
  /** True if that is the last run, which the question did not name. */
  readonly isLast: boolean;
  /** The workflow that should have run. */
  readonly stateMachineArn: string | null;
  /** The executions of the run, in the order of their starts. */
  readonly executions: readonly RecordedExecution[];
  readonly others: readonly OtherRun[];
  /** Denied calls; on AWS those that follow from its messages or its policies. */
  readonly denied: readonly RecordedDenial[];
  /** Groups of all decisions; none on AWS. */
  readonly decisions: readonly RecordedDecision[];
  readonly logs: readonly RecordedLogGroup[];
  /** Sentences about what could not be read. */
  readonly unread: readonly string[];
}
