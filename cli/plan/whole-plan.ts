import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Side } from '../base/side.ts';
import type { Terminal } from '../terminal.ts';
import { contractChanges } from './contract/contract-changes.ts';
import { type PlanSide, planSide } from './plan-side.ts';
import { runEstimates } from './runs/run-estimates.ts';
import type { ComparedSide } from './runs/running.ts';
import type { Plan } from './schema/plan-schema.ts';
import { staticPlan } from './static-plan.ts';
import { waiversOf } from './waivers-of.ts';

export interface PlannedSides {
  readonly before: Side;
  readonly after: Side;
}

export interface WholePlanProps {
  readonly clone: Clone;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly now: Date;
  /** Version in package.json of the clone. */
  readonly version: string;
}

/** The plan of two sides, with what the sandbox finds out about runs. */
export async function wholePlan({ before, after }: PlannedSides, props: WholePlanProps): Promise<Plan> {
  const { terminal, signal, now, version } = props;
  terminal.progress('reading both assemblies');
  const waivers = await Promise.all([waiversOf(before, signal), waiversOf(after, signal)]);
  const [old, next] = [
    planSide(before.name, before.platform, before.directory, waivers[0]),
    planSide(after.name, after.platform, after.directory, waivers[1]),
  ];
  terminal.progress('comparing templates');
  const plan = staticPlan(old, next, { now, version });
  const sides = [comparedSide(before, old), comparedSide(after, next)] as const;
  const estimates = await runEstimates(...sides, props);
  return { ...plan, runs: { ...plan.runs, estimates }, contract: await contractChanges(...sides, props) };
}

const comparedSide = ({ directory, platform, clone }: Side, { reach }: PlanSide): ComparedSide => ({
  ...{ directory, platform, clone },
  stacks: reach.stacks,
});
