import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { StageRun } from '../local/run-workload.ts';
import { Cuts } from './cuts.ts';
import { type FactSandbox, factsOf } from './facts-of.ts';
import { recordedDecisions } from './recorded-decisions.ts';
import { recordedExecution } from './recorded-execution.ts';
import { recordedLogs } from './recorded-logs.ts';
import { type RecordedAlarm, recordLimits, type RunRecord, runRecordVersion } from './run-record.ts';

export interface RecordedRun {
  readonly sandbox: FactSandbox & Pick<Sandbox, 'decisions' | 'changes' | 'logGroups'>;
  readonly tenant: string;
  readonly wave: string;
  readonly fault: string | undefined;
  /** One for each execution in the order of their starts. */
  readonly stages: readonly StageRun[];
  /** Stages of the tenant. */
  readonly deployed: RunRecord['stages'];
  /** Accounts of the platform, whose alarms are recorded. */
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly region: string }[];
}

/** The record of a run, cut to its limits. */
export function recordOf(run: RecordedRun): RunRecord {
  const { sandbox, tenant, wave, fault, stages, deployed, accounts } = run;
  const cuts = new Cuts();
  const now = sandbox.simulation.now();
  const started = stages.flatMap(({ stage, account, execution }) => (execution ? [{ stage, account, execution }] : []));
  return {
    version: runRecordVersion,
    simulated: true,
    tenant,
    wave,
    fault: fault ?? null,
    at: Math.floor(now),
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    stages: [...deployed],
    executions: cuts
      .first(started, recordLimits.executions, 'executions')
      .map((each) => recordedExecution(each, now, cuts)),
    ...recordedDecisions(sandbox.decisions, cuts),
    changes: cuts.newest(sandbox.changes.all, recordLimits.sandboxChanges, 'changes', sandbox.changes.count),
    alarms: accounts.flatMap(({ id, region }) => alarmsOf(sandbox, { account: id, region }, cuts)),
    logs: recordedLogs(sandbox, tenant, deployed, cuts),
    facts: factsOf(sandbox, {
      executions: started.map(({ execution }) => execution),
      machineArns: deployed.map(({ stateMachineArn }) => stateMachineArn),
      tenant,
    }),
    cut: [...cuts.said],
  };
}

const alarmsOf = (
  { cloudWatch }: RecordedRun['sandbox'],
  place: { readonly account: string; readonly region: string },
  cuts: Cuts,
): RecordedAlarm[] =>
  cloudWatch.alarms.of(place).map(({ name, arn, account, region, state, history }) => {
    const changes = history.flatMap((entry) =>
      entry.kind === 'state'
        ? [{ at: entry.at, from: entry.from.value, to: entry.to.value, reason: entry.to.reason }]
        : [],
    );
    return {
      name,
      arn,
      account,
      region,
      state: state.value,
      reason: state.reason,
      changes: cuts.newest(changes, recordLimits.changes, `changes of the alarm ${name}`),
    };
  });
