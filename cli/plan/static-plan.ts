import { acceptedAccess } from './accepted-access.ts';
import { compared } from './comparison.ts';
import { comparedAccess } from './compared-access.ts';
import { stacksWithKnownAccess } from './known-stacks.ts';
import { fixedCost } from './costs/fixed-cost.ts';
import { namedResources } from './named-resources.ts';
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
  const { access: found, renamed, trust } = comparedAccess(comparison, known);
  const access = acceptedAccess(found, after.waivers);
  const plan = planOf(comparison, known, props);
  const paths = new Set(renamed.map(({ path }) => path));
  const resources = plan.resources.filter(({ values, places }) => {
    const isNamed = values.length > 0 && values.every(({ path }) => path === 'RoleName');
    return !(isNamed && places.every(({ path }) => paths.has(path)));
  });
  const isShown = ({ change }: (typeof trust)[number]): boolean => change !== 'same';
  return {
    ...plan,
    ...{ resources, access, renamedRoles: renamed, trust },
    runs: { workflows, estimates: [] },
    contract: { checks: [] },
    fixedCost: fixedCost(before.stacks, after.stacks),
    names: namedResources(before, after, textsIn([access, trust.filter(isShown), workflows, resources, plan.stops])),
  };
}

/** All texts of a value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
