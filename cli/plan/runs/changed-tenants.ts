import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import type { Stack } from '@crosswind/assembly/resolve';
import type { JsonObject } from '@crosswind/aws/json';
import { stackName } from '../../../blocks/workflow/address.ts';
import { type Deployment, plannedWaves } from '../../../config/deployments.ts';
import type { Account } from '../../../config/schema.ts';
import { fieldChanges, isSame } from './field-changes.ts';
import type { TenantInWave } from './run-data.ts';
import type { ResolvedSide } from './running.ts';
import { type Group, grouped, shapeOf } from './shape-of.ts';

/** A tenant in a wave whose stages change. */
export interface ChangedTenant extends TenantInWave {
  readonly workload: string;
  readonly region: string;
  /** Stages that change, and stages that only the new side has. */
  readonly changed: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
  /** Stages whose account is another one, with both ids. */
  readonly moved: readonly { readonly stage: string; readonly from: string; readonly to: string }[];
  /** Equal for tenants whose change has the same shape. */
  readonly shape: string;
}

/** Part of a stage's stack that counts. */
export type ContentOf = (stack: Stack, account: Account) => JsonObject;

/** Tenants that both sides deploy, and whose stages differ in their content; those of one shape together. Pure. */
export function changedTenants(
  before: ResolvedSide,
  after: ResolvedSide,
  contentOf: ContentOf,
): readonly Group<ChangedTenant>[] {
  const old = deployed(before, contentOf);
  const found = [...deployed(after, contentOf)].flatMap(([key, young]): readonly ChangedTenant[] => {
    const earlier = old.get(key);
    // What is frozen stays as it is, whatever the templates say.
    const isFrozen = young.deployment.freezes.length > 0;
    const changed = earlier && !isFrozen ? changeOf(earlier, young) : undefined;
    return changed ? [changed] : [];
  });
  return grouped(found, ({ shape }) => shape);
}

interface DeployedStages extends TenantInWave {
  readonly deployment: Deployment;
  /** Content by stage, in the order in which they are deployed. */
  readonly contents: ReadonlyMap<string, JsonObject>;
}

function deployed({ stacks, platform }: ResolvedSide, contentOf: ContentOf): ReadonlyMap<string, DeployedStages> {
  const byKey = new Map(stacks.map((stack) => [`${stack.account} ${stack.name}`, stack]));
  // A platform that is read without contracts does not know the order of stages.
  const steps = deploymentOrder(stacks).flatMap((wave) => wave.steps.flat());
  const places = new Map(steps.map(({ templateFile }, index) => [templateFile, index]));
  const placed = plannedWaves(platform).flatMap(({ wave: { name: wave }, deployments }) =>
    deployments.map((deployment): DeployedStages => {
      const { name: tenant } = deployment.tenant;
      const contents = deployment.stages.flatMap(({ name, account }) => {
        const stack = byKey.get(`${account.id} ${stackName({ tenant }, name)}`);
        return stack ? [{ name, content: contentOf(stack, account), place: places.get(stack.templateFile) ?? 0 }] : [];
      });
      const ordered = contents.toSorted((one, other) => one.place - other.place);
      return { tenant, wave, deployment, contents: new Map(ordered.map(({ name, content }) => [name, content])) };
    }),
  );
  return new Map(placed.map((stages) => [`${stages.wave} ${stages.tenant}`, stages]));
}

function changeOf(before: DeployedStages, after: DeployedStages): ChangedTenant | undefined {
  const { tenant, wave, deployment, contents } = after;
  const accounts = new Map(before.deployment.stages.map(({ name, account }) => [name, account.id as string]));
  const names = [...contents.keys()];
  const changed = names.filter((name) => !isSame(before.contents.get(name), contents.get(name)));
  if (changed.length === 0 || contents.size === 0) return undefined;
  const moved = deployment.stages.flatMap(({ name: stage, account: { id: to } }) => {
    const from = accounts.get(stage);
    return from === undefined || from === to ? [] : [{ stage, from, to }];
  });
  const { region } = deployment;
  const changes = changed.map((name) => [name, fieldChanges(before.contents.get(name), contents.get(name))]);
  return {
    ...{ tenant, wave, region, moved },
    workload: deployment.tenant.workload,
    changed: new Set(changed),
    added: new Set(names.filter((name) => !accounts.has(name))),
    shape: shapeOf([deployment.tenant.workload, moved, changes], { region, tenant: { tenant, wave } }),
  };
}
