import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Side } from '../base/side.ts';
import type { Terminal } from '../terminal.ts';
import { planSide } from './plan-side.ts';
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
  const [old, next] = [
    planSide(before.name, before.platform, before.directory, await waiversOf(before, signal)),
    planSide(after.name, after.platform, after.directory, await waiversOf(after, signal)),
  ];
  terminal.progress('comparing templates');
  return staticPlan(old, next, { now, version });
}
