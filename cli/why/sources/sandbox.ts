import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import { Cuts } from '../../run-record/cuts.ts';
import { factsOf, type FactSandbox } from '../../run-record/facts-of.ts';
import { recordedDecisions } from '../../run-record/recorded-decisions.ts';
import { noFacts } from '../../run-record/recorded-facts.ts';
import { recordedExecution } from '../../run-record/recorded-execution.ts';
import { recordLimits } from '../../run-record/run-record.ts';
import { recordedLogs } from '../../run-record/recorded-logs.ts';
import type { Evidence } from '../evidence.ts';
import { accountIn } from '../executions.ts';
import { evidenceFrom } from '../evidence-from.ts';
import { explain } from '../explain.ts';
import type { Explanation } from '../explanation.ts';

export type ExplainedSandbox = FactSandbox & Pick<Sandbox, 'decisions' | 'logGroups'>;

/** A stage of the workload, as sentences name it. */
export interface NamedStage {
  readonly stage: string;
  readonly stateMachineArn: string;
}

export interface InSandbox {
  /**
   * The stages of the workload, the entry first.
   *
   * @default - executions are named after their state machines, and the last run is that of any of them
   */
  readonly stages?: readonly NamedStage[];
  /**
   * ARN of the execution to explain.
   *
   * @default - the last run
   */
  readonly of?: string;
  /**
   * Tenant whose own metrics count.
   *
   * @default - none do
   */
  readonly tenant?: string;
}

/** Evidence about a run of a sandbox in this process, now. */
export function evidenceInSandbox(sandbox: ExplainedSandbox, { stages = [], of, tenant }: InSandbox = {}): Evidence {
  const cuts = new Cuts();
  const now = sandbox.simulation.now();
  const recent = sandbox.executions.all().slice(-recordLimits.executions);
  const recorded = recent.map((execution) =>
    recordedExecution({ stage: nameIn(stages, execution), account: execution.machine.account, execution }, now, cuts),
  );
  const evidence = evidenceFrom({
    source: 'sandbox',
    at: now,
    known: recorded,
    of,
    stateMachineArn: stages[0]?.stateMachineArn ?? null,
    ...recordedDecisions(sandbox.decisions, cuts),
    logs: tenant === undefined ? [] : recordedLogs(sandbox, tenant, deployedOf(stages), cuts),
    unread: [],
    ...noFacts,
  });
  const run = new Set(evidence.executions.map(({ arn }) => arn));
  const facts = factsOf(sandbox, {
    executions: recent.filter(({ arn }) => run.has(arn)),
    machineArns: stages.map(({ stateMachineArn }) => stateMachineArn),
    tenant,
  });
  return { ...evidence, ...facts };
}

/** Says why a run of a sandbox in this process is as it is now. */
export const explainInSandbox = (sandbox: ExplainedSandbox, props: InSandbox = {}): Explanation =>
  explain(evidenceInSandbox(sandbox, props));

const nameIn = (stages: readonly NamedStage[], { machine }: Execution): string =>
  stages.find(({ stateMachineArn }) => stateMachineArn === machine.arn)?.stage ?? machine.name;

/** Stages as the logs know them. */
const deployedOf = (stages: readonly NamedStage[]) =>
  stages.map(({ stage: name, stateMachineArn }) => ({
    name,
    account: accountIn(stateMachineArn),
    stateMachineArn,
    starts: [],
  }));
