import type { PlanSide } from './plan-side.ts';
import type { Plan } from './schema/plan-schema.ts';
import { planOf, type TemplatePlanProps } from './template-plan.ts';

/** The plan of two assemblies, with everything that needs no run. Pure. */
export function staticPlan(before: PlanSide, after: PlanSide, props: TemplatePlanProps): Plan {
  return {
    ...planOf(before, after, props),
    ...{ access: [], renamedRoles: [], trust: [] },
    runs: { workflows: [], estimates: [] },
    contract: { checks: [] },
    fixedCost: { currency: 'USD', total: { before: { least: 0, most: 0 }, after: { least: 0, most: 0 } }, items: [] },
  };
}
