import type { Stack } from '@crosswind/assembly/resolve';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { ContractChanges, ContractCheck } from '../runs/run-data.ts';
import type { ComparedSide, RunningProps } from '../runs/running.ts';
import { type ContractResult, askProcess } from './ask-process.ts';
import { type ChangedTenant, changedTenants } from '../runs/changed-tenants.ts';
import { withoutPlaces } from '../runs/without-places.ts';
import { propertiesOf } from '../runs/read-state-machine.ts';

/**
 * Old and new stages of each workload that changes, run together: for each shape of a change the sample of one tenant.
 * @throws the reason of the signal
 */
export async function contractChanges(
  before: ComparedSide,
  after: ComparedSide,
  props: RunningProps,
): Promise<ContractChanges> {
  const checks: ContractCheck[] = [];
  for (const [tenant, ...others] of changedTenants(before, after, contentOf)) {
    const alike = others.map(({ tenant: name, wave }) => ({ tenant: name, wave }));
    checks.push({ ...(await checkOf(tenant, before, after, props)), alike });
  }
  return { checks };
}

/** Resources that watch: a run does not depend on them. */
const watching = /^AWS::(CloudWatch|Logs|CDK|Oam)::/;

/** Content of a stack that a run depends on, by logical id. */
const contentOf = (stack: Stack): JsonObject => ({
  ...Object.fromEntries(
    stack.resources
      .filter(({ type }) => !watching.test(type))
      .map((resource) => [resource.logicalId, { Type: resource.type, Properties: propertiesOf(stack, resource) }]),
  ),
  Outputs: (stack.template.Outputs ?? {}) as unknown as Json,
});

async function checkOf(
  tenant: ChangedTenant,
  before: ComparedSide,
  after: ComparedSide,
  { clone, terminal, signal }: RunningProps,
): Promise<ContractCheck> {
  const { tenant: name, wave, workload } = tenant;
  const changed = [...tenant.changed];
  const codeOf = (side: ComparedSide) => side.clone ?? clone;
  const result = await resultOf(tenant, () =>
    askProcess(
      {
        ...{ tenant: name, wave, workload, changed },
        before: { directory: before.directory, clone: before.clone ?? codeOf(after) },
        after: { directory: after.directory, clone: codeOf(after) },
      },
      {
        signal,
        onRun: ({ stages }) => {
          const versions = Object.entries(stages).map(([stage, version]) => `${version} ${stage}`);
          terminal.progress(`running the sample of ${name} in ${wave}: ${versions.join(', ')}`);
        },
      },
    ),
  );
  const places = {
    ...{ '<base>': before.directory, '<change>': after.directory },
    ...{ '<clone of the base>': codeOf(before).root, '<clone>': clone.root },
  };
  return {
    ...{ tenant: name, wave, workload, alike: [], changedStages: changed },
    withNewSample: before.clone === undefined,
    ...('found' in result
      ? result.found
      : { mixes: [], differences: [], missing: withoutPlaces(result.missing, places) }),
  };
}

/** Nothing is updated in place where a stage gets another account: its old stack stays, and the new one is created. */
async function resultOf({ moved }: ChangedTenant, run: () => Promise<ContractResult>): Promise<ContractResult> {
  if (moved.length === 0) return run();
  const moves = moved.map(({ stage, from, to }) => `the ${stage} moves from account ${from} to ${to}`);
  return { missing: `${moves.join(', ')}: its stacks are created, so that no old stage meets a new one` };
}
