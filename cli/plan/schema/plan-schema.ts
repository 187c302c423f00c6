import type { RenamedRole, TrustChange } from '../../../policies/reach/new-access-types.ts';
import { z } from 'zod';
import type { PlannedAccess } from '../accepted-access.ts';
import { namedResource, type NamedResources } from '../named-resources.ts';
import { place } from '../place.ts';
import type { ContractChanges, FixedCostChange, RunChanges } from '../runs/run-data.ts';
import { actionChange } from '../sections/pipeline.ts';
import { alarmChange } from '../sections/alarms.ts';
import { dashboardChange } from '../sections/dashboards.ts';
import { limitChange } from '../sections/limits.ts';
import { placementChange } from '../sections/placements.ts';
import { assetChanges, resourceChange } from '../sections/resources.ts';
import { waiverChanges } from '../sections/waivers.ts';
import { statedAllowance } from '../stop/allowances.ts';
import { stop } from '../stop/stops.ts';
import { accessChange, renamedRole, trustChange } from './access.ts';
import { contractChanges, fixedCostChange, runChanges } from './runs.ts';

/** Version of the document. It grows when a reader of an older one could misread it; new keys alone do not change it. */
export const planVersion = 1;

/** The parts of a plan that follow from two assemblies alone. */
export const templatePlan = z.strictObject({
  version: z.literal(planVersion),
  base: z.string().describe('Git ref or directory that the change is compared with.'),
  stops: z.array(stop).describe('First those that are not allowed.'),
  placements: z.array(placementChange),
  alarms: z.array(alarmChange),
  dashboards: z.array(dashboardChange),
  pipeline: z.array(actionChange),
  resources: z.array(resourceChange).describe('What no other section says.'),
  assets: assetChanges,
  policies: z
    .array(place)
    .describe('Resources whose policies have another text. `access` and `trust` say what it means.'),
  following: z
    .strictObject({
      placements: z.array(place).describe('They follow accounts and tenants that join, leave or move.'),
      replacements: z.array(place).describe('They refer to a resource that is replaced.'),
    })
    .describe('Resources that change for no reason of their own.'),
  limits: z.array(limitChange),
  waivers: waiverChanges,
  unneededAllowances: z.array(statedAllowance).describe('Allowances of platform.yaml that no stop needs.'),
});

export type TemplatePlan = z.infer<typeof templatePlan>;

/** `plan.json`. */
export const planSchema = templatePlan.extend({
  access: z.array(accessChange),
  renamedRoles: z.array(renamedRole),
  trust: z.array(trustChange).describe('The matrix: cells that stay the same, too.'),
  runs: runChanges,
  contract: contractChanges,
  fixedCost: fixedCostChange,
  names: z
    .record(z.string(), namedResource)
    .describe('Resources that the plan mentions by an ARN or a generated name, by these.'),
});

/** A plan. Parts that other sections make keep their own types, which the schema describes. */
export interface Plan extends TemplatePlan {
  readonly access: readonly PlannedAccess[];
  readonly renamedRoles: readonly RenamedRole[];
  /** Cells that stay the same, too. */
  readonly trust: readonly TrustChange[];
  readonly runs: RunChanges;
  readonly contract: ContractChanges;
  readonly fixedCost: FixedCostChange;
  readonly names: NamedResources;
}

/** `docs/plan.schema.json`, the JSON schema of the document. */
export const planJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(planSchema, { reused: 'ref' }), null, 2)}\n`;
