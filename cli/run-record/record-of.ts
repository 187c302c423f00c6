import { principalName } from '@crosswind/iam/principal';
import type { DecisionLog, Sandbox } from '@crosswind/sandbox/sandbox';
import type { StageRun } from '../local/run-workload.ts';
import { Cuts } from './cuts.ts';
import { recordedExecution } from './recorded-execution.ts';
import { recordedLogs } from './recorded-logs.ts';
import {
  type RecordedAlarm,
  type RecordedDenial,
  recordLimits,
  type RunRecord,
  runRecordVersion,
} from './run-record.ts';

export interface RecordedRun {
  readonly sandbox: Pick<Sandbox, 'simulation' | 'decisions' | 'cloudWatch' | 'logGroups'>;
  readonly tenant: string;
  readonly wave: string;
  readonly fault: string | undefined;
  /** One for each execution in the order of their starts. */
  readonly stages: readonly StageRun[];
  /** Stages of the tenant. */
  readonly deployed: RunRecord['stages'];
  /** Accounts and regions whose alarms are recorded. */
  readonly places: readonly { readonly account: string; readonly region: string }[];
}

/** The record of a run, cut to its limits. */
export function recordOf(run: RecordedRun): RunRecord {
  const { sandbox, tenant, wave, fault, stages, deployed, places } = run;
  const cuts = new Cuts();
  const started = stages.flatMap(({ stage, account, execution }) => (execution ? [{ stage, account, execution }] : []));
  return {
    version: runRecordVersion,
    simulated: true,
    tenant,
    wave,
    fault: fault ?? null,
    at: Math.floor(sandbox.simulation.now()),
    stages: [...deployed],
    executions: cuts
      .first(started, recordLimits.executions, 'executions')
      .map(({ stage, account, execution }) => recordedExecution(stage, account, execution, cuts)),
    denied: deniedOf(sandbox.decisions, cuts),
    alarms: places.flatMap((place) => alarmsOf(sandbox, place, cuts)),
    logs: recordedLogs(sandbox, tenant, deployed, cuts),
    cut: [...cuts.said],
  };
}

const deniedOf = (decisions: DecisionLog, cuts: Cuts): RecordedDenial[] =>
  cuts.first(decisions.denials(), recordLimits.denied, 'denied calls').map(({ request, decision, times }) => ({
    principal: request.principal.kind === 'role' ? request.principal.roleArn : principalName(request.principal),
    action: request.action,
    resource: request.resource,
    account: request.resourceAccount,
    reason: decision.reason,
    times,
    fixes:
      decision.kind === 'implicit deny'
        ? decision.mends.map(({ document, of, statement }) => ({ document, of, statement: { ...statement } }))
        : [],
  }));

const alarmsOf = (
  { cloudWatch }: RecordedRun['sandbox'],
  place: RecordedRun['places'][number],
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
