import { stateMachinesOf } from '@crosswind/assembly/state-machines';
import { statesOf } from '@crosswind/assembly/cross-account-starts';
import { stackName, stateMachineName } from '../../../blocks/workflow/address.ts';
import type { Terminal } from '../../terminal.ts';
import type { ContractDifference, Mix } from '../runs/run-data.ts';
import type { ContractAsked, ContractFound } from './contract-asked.ts';
import { located } from './located.ts';
import { type MeetingStages, meetingStages } from './meeting-stages.ts';
import { allNew, allOld, mixesOf } from './mixes.ts';
import { runSample } from './run-sample.ts';
import type { SampleOutcome } from './sample-outcome.ts';
import { alike, type Outcomes, type Unexplained, unexplained } from './unexplained.ts';

export interface MeetingProps {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Called before each run. */
  readonly onRun: (mix: Mix) => void;
}

/** Two runs of the same stages. */
type Twice = readonly [SampleOutcome, SampleOutcome];

/** Runs the sample with every mix of the old and new stages of a tenant, and compares the outcomes. */
export async function oldMeetsNew(asked: ContractAsked, props: MeetingProps): Promise<ContractFound> {
  const meeting = await meetingStages(asked);
  const run = (mix: Mix): Promise<SampleOutcome> => {
    props.onRun(mix);
    return outcomeOf(meeting, asked.after.directory, mix, props);
  };
  const { mixing, workloads } = meeting;
  const pure = { old: await run(allOld(mixing)), new: await run(allNew(mixing)) };
  const mixes = mixesOf(mixing);
  const differences: ContractDifference[] = [];
  const broken = brokenAlone(pure);
  if (broken) differences.push(differenceOf(meeting, allNew(mixing), { ...pure, mixed: pure.new }, broken));
  let twice: readonly Twice[] | undefined;
  for (const mix of mixes) {
    const outcomes = { ...pure, mixed: await run(mix) };
    if (unexplained(outcomes).length === 0) continue;
    // Whatever two runs of the same stages do not have in common is chance.
    twice ??= [
      [pure.old, await run(allOld(mixing))],
      [pure.new, await run(allNew(mixing))],
    ];
    const known = twice;
    const found = unexplained(outcomes).find((difference) => !known.some((runs) => isChance(difference, runs)));
    if (found) differences.push(differenceOf(meeting, mix, outcomes, found));
  }
  const { sample, prepare } = workloads.new.local;
  const statusOf = ({ executions: [entry] }: SampleOutcome): string => entry?.status ?? 'RUNNING';
  return {
    input: sample ? 'sample' : prepare ? 'run' : 'empty',
    entryStatus: { old: statusOf(pure.old), new: statusOf(pure.new) },
    mixes,
    differences,
  };
}

function outcomeOf(
  { deployment, platform, workloads, stacksOf }: MeetingStages,
  assembly: string,
  mix: Mix,
  { terminal, signal }: MeetingProps,
): Promise<SampleOutcome> {
  const stacks = stacksOf(mix);
  const names = new Set(stacks.map(({ name }) => name));
  const stages = deployment.stages.filter(({ name }) => names.has(stackName({ tenant: deployment.tenant.name }, name)));
  const workload = workloads[mix.stages[deployment.entry.name] ?? 'new'];
  return runSample({ platform, assembly, deployment: { ...deployment, stages }, stacks, workload, terminal, signal });
}

/** The new stages fail among themselves, where the old ones do not. */
function brokenAlone({ old, new: young }: Omit<Outcomes, 'mixed'>): Unexplained | undefined {
  const [before, after] = [old.executions[0], young.executions[0]];
  const values = { old: before?.status ?? null, new: after?.status ?? null, mixed: after?.status ?? null };
  if (before?.status === 'SUCCEEDED' && after?.status !== 'SUCCEEDED') {
    const failed = young.executions.findLastIndex(({ status }) => status !== 'SUCCEEDED');
    return { what: 'status', execution: Math.max(failed, 0), ...values };
  }
  const isKnown = young.problems.every((problem) => old.problems.includes(problem));
  if (isKnown) return undefined;
  return { what: 'problems', execution: 0, old: old.problems, new: young.problems, mixed: young.problems };
}

/** True if two runs of the same stages differ there, too. */
const isChance = ({ what, path, object }: Unexplained, [one, other]: Twice): boolean =>
  unexplained({ old: one, new: one, mixed: other }).some(
    (each) => each.what === what && each.path === path && each.object === object,
  );

function differenceOf(
  { deployment, stackOf, mixing }: MeetingStages,
  mix: Mix,
  outcomes: Outcomes,
  { execution: index, started, ...found }: Unexplained,
): ContractDifference {
  const mixed = outcomes.mixed.executions[index];
  const { stage = '', error, cause } = mixed ?? {};
  const version = mix.stages[stage] ?? 'new';
  // A stage that does not change is old and new: the old run is the one that went well.
  const [own, other] =
    version === 'old' || !mixing.changed.has(stage) || mix.during === 'deployed'
      ? [outcomes.old, outcomes.new]
      : [outcomes.new, outcomes.old];
  const machines = [stackOf(stage, version)].flatMap((stack) => (stack ? stateMachinesOf(stack) : []));
  const states = machines.flatMap(({ definition }) => statesOf(definition));
  const textOf = (name: string): string => JSON.stringify(states.find(([state]) => state === name) ?? []);
  const at = (outcome: SampleOutcome) => alike(outcome, outcomes.mixed, index);
  return {
    ...{
      mix,
      stage: started ?? stage,
      workflow: stateMachineName({ tenant: deployment.tenant.name }, started ?? stage),
    },
    ...found,
    ...(mixed && located({ execution: index, ...found }, { mixed, own: at(own), other: at(other), textOf })),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
