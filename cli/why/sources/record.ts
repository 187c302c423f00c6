import type { RunRecord } from '../../run-record/run-record.ts';
import type { Evidence } from '../evidence.ts';
import { evidenceFrom } from '../evidence-from.ts';

/** The run of a record to explain. */
export interface InRecord {
  /** @default - the last run */
  readonly of?: string;
  /** State machine whose last run is meant; @default - that of the entry */
  readonly stateMachineArn?: string;
}

/** Evidence about a run of the last process that wrote a record. */
export function evidenceInRecord(record: RunRecord, { of, stateMachineArn }: InRecord = {}): Evidence {
  const { at, stages, executions, denied, decisions, logs, facts, cut } = record;
  return evidenceFrom({
    source: 'record',
    at,
    known: executions,
    of,
    stateMachineArn: stateMachineArn ?? stages[0]?.stateMachineArn ?? null,
    ...{ denied, decisions, logs },
    ...facts,
    unread: cut.filter((sentence) => /^(events|causes|executions|batches|denied)/.test(sentence)),
  });
}

/** The execution of a record that an ARN names, itself or a batch of its Map Runs. */
export const executionInRecord = ({ executions }: RunRecord, asked: string): string | undefined =>
  executions.find(
    ({ arn, mapRuns }) => arn === asked || mapRuns.some(({ batches }) => batches.some((batch) => batch.arn === asked)),
  )?.arn;
