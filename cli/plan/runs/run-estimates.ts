import type { Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, without } from '@crosswind/aws/json';
import type { Account } from '../../../config/schema.ts';
import { type ChangedTenant, changedTenants } from './changed-tenants.ts';
import { propertiesOf } from './read-state-machine.ts';
import type { RunEstimate } from './run-data.ts';
import type { ComparedSide, RunningProps } from './running.ts';
import type { Group } from './shape-of.ts';
import { simulatedSide } from './simulated-side.ts';

/** Duration and cost of a run before and after, both sides at the same time, for each workload and shape of a change. */
export async function runEstimates(
  before: ComparedSide,
  after: ComparedSide,
  props: RunningProps,
): Promise<readonly RunEstimate[]> {
  const waves: readonly string[] = after.platform.waves.map(({ name }) => name);
  const estimates: RunEstimate[] = [];
  for (const group of changedTenants(before, after, contentOf)) {
    const chosen = inLastWave(group, waves);
    const { tenant, wave, workload } = chosen;
    props.terminal.progress(`simulating runs of ${tenant} in ${wave}, before and after`);
    const both = [simulatedSide(chosen, before, props), simulatedSide(chosen, after, props)] as const;
    // A process that is interrupted cleans up before the command ends.
    await Promise.allSettled(both);
    const [old, young] = await Promise.all(both);
    const alike = group.filter((each) => each !== chosen).map((each) => ({ tenant: each.tenant, wave: each.wave }));
    estimates.push({ tenant, wave, workload, alike, before: old, after: young });
  }
  return estimates;
}

/** Runs of the last wave are those that matter: it comes after all others have been tried. */
const inLastWave = ([first, ...others]: Group<ChangedTenant>, waves: readonly string[]): ChangedTenant =>
  others.reduce((last, each) => (waves.indexOf(each.wave) > waves.indexOf(last.wave) ? each : last), first);

/** Workflows, and the configuration of functions and accounts: models know no code. */
const contentOf = (stack: Stack, { quotas }: Account): JsonObject => ({
  ...Object.fromEntries(
    stack.resources
      .filter(({ type }) => ['AWS::StepFunctions::StateMachine', 'AWS::Lambda::Function'].includes(type))
      .map((resource) => [resource.logicalId, without(propertiesOf(stack, resource), 'Code')]),
  ),
  Quotas: quotas,
});
