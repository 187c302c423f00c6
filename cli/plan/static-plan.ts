import { compared } from './comparison.ts';
import { comparedAccess } from './compared-access.ts';
import { stacksWithKnownAccess } from './known-stacks.ts';
import { fixedCost } from './costs/fixed-cost.ts';
import type { PlanSide } from './plan-side.ts';
import { workflowChanges } from './runs/workflow-changes.ts';
import type { Plan } from './schema/plan-schema.ts';
import { ownWorkflows } from './sections/own-workflows.ts';
import { planOf, type TemplatePlanProps } from './template-plan.ts';

/** The plan of two assemblies, with everything that needs no run. Pure. */
export function staticPlan(before: PlanSide, after: PlanSide, props: TemplatePlanProps): Plan {
  const comparison = compared(before, after);
  const { movement, pairs } = comparison;
  const known = stacksWithKnownAccess(pairs.added, before, after);
  const whole = new Set([...pairs.added, ...pairs.gone].map(({ path }) => path));
  const workflows = ownWorkflows(
    workflowChanges(
      { stacks: before.reach.stacks, platform: before.platform },
      { stacks: after.reach.stacks, platform: after.platform },
    ),
    { movement, isWhole: (path) => whole.has(path) },
  );
  const { access, renamed, trust } = comparedAccess(comparison, known);
  const plan = planOf(comparison, known, props);
  const paths = new Set(renamed.map(({ path }) => path));
  return {
    ...plan,
    resources: plan.resources.filter(({ values, places }) => {
      const isNamed = values.length > 0 && values.every(({ path }) => path === 'RoleName');
      return !(isNamed && places.every(({ path }) => paths.has(path)));
    }),
    ...{ access, renamedRoles: renamed, trust },
    runs: { workflows, estimates: [] },
    contract: { checks: [] },
    fixedCost: fixedCost(before.stacks, after.stacks),
  };
}
