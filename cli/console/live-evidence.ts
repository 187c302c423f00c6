import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { Cuts } from '../run-record/cuts.ts';
import { type FactSandbox, factsOf } from '../run-record/facts-of.ts';
import { recordedLogs } from '../run-record/recorded-logs.ts';
import type { RecordedExecution, RecordedLogGroup } from '../run-record/run-record.ts';
import type { Evidence } from '../why/evidence.ts';
import { evidenceFrom } from '../why/evidence-from.ts';
import { isOpen } from '../why/executions.ts';
import type { RecordedFamily } from './families.ts';
import type { LiveDecisions } from './live-decisions.ts';
import type { TenantStage } from './named-stages.ts';

/** Parts of a sandbox that explain a run. */
export type ObservedSandbox = FactSandbox & Pick<Sandbox, 'logGroups'>;

export interface LiveEvidenceProps {
  readonly sandbox: ObservedSandbox;
  readonly stages: ReadonlyMap<string, TenantStage>;
  readonly executions: readonly Execution[];
  /** The same executions as a record has them. */
  readonly known: readonly RecordedExecution[];
  readonly decisions: LiveDecisions['all'];
}

/** Earlier runs of the same state machines that a run is compared with. */
const mostOthers = 20;

/** Evidence about runs at one time; what several of them need is read once. */
export function liveEvidence(props: LiveEvidenceProps): (family: RecordedFamily) => Evidence {
  const { sandbox, stages, executions, known, decisions } = props;
  const byArn = new Map(executions.map((execution) => [execution.arn, execution]));
  const logs = new Map<string, readonly RecordedLogGroup[]>();
  const logsOf = (tenant: string): readonly RecordedLogGroup[] => {
    const read = logs.get(tenant) ?? recordedLogs(sandbox, tenant, deployedOf(tenant, stages), new Cuts());
    logs.set(tenant, read);
    return read;
  };
  return ({ root, members }) => {
    const tenant = stages.get(root.stateMachineArn)?.tenant;
    const own = new Set(members);
    const machines = new Set(members.map(({ stateMachineArn }) => stateMachineArn));
    const others = known.filter((each) => machines.has(each.stateMachineArn) && !own.has(each)).slice(-mostOthers);
    return evidenceFrom({
      source: 'sandbox',
      at: sandbox.simulation.now(),
      known: [...others, ...members],
      of: root.arn,
      stateMachineArn: root.stateMachineArn,
      ...decisions,
      // Lines of logs are evidence of what failed only, and there are many of them.
      logs: tenant !== undefined && members.some(hasFailed) ? logsOf(tenant) : [],
      unread: [],
      ...factsOf(sandbox, {
        executions: members.flatMap(({ arn }) => byArn.get(arn) ?? []),
        machineArns: [],
        tenant,
      }),
    });
  };
}

const hasFailed = (execution: RecordedExecution): boolean =>
  (!isOpen(execution) && execution.status !== 'SUCCEEDED') ||
  execution.events.some(({ error }) => error !== undefined) ||
  execution.mapRuns.some(({ executions }) => executions['failed'] !== 0);

/** Stages of a tenant as its logs know them. */
const deployedOf = (tenant: string, stages: ReadonlyMap<string, TenantStage>) =>
  [...stages.values()]
    .filter((stage) => stage.tenant === tenant)
    .map(({ stage: name, account, stateMachineArn, starts }) => ({
      ...{ name, account, stateMachineArn },
      starts: [...starts],
    }));
