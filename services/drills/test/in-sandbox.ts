import type { Json } from '@crosswind/aws/json';
import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import { type Execution, type Sandbox, openSandbox } from '@crosswind/sandbox/sandbox';
import { deployedTenant } from '../../../cli/local/deployed-tenant.ts';
import { type RunProps, type WorkloadRun, runWorkload } from '../../../cli/local/run-workload.ts';
import { plannedWaves } from '../../../config/deployments.ts';
import { addBoundaries } from '../../../test/add-boundaries.ts';
import { stackAt } from '../../../test/synthesized.ts';
import { platform, synthesized } from './platform.ts';

/** The drills as they are deployed in a sandbox, with every permission enforced. */
export interface DeployedDrills {
  readonly sandbox: Sandbox;
  /** Starts a stage and returns at once. */
  readonly start: (stage: 'parent' | 'child', input: Json) => Execution;
  /** Runs the parent, and waits for it and its child. */
  readonly run: (input: Json, props?: Pick<RunProps, 'abortEntry'>) => Promise<WorkloadRun>;
}

export async function withDrills<Result>(
  use: (drills: DeployedDrills) => Promise<Result>,
  quotas: QuotaSettings = {},
): Promise<Result> {
  const sandbox = await openSandbox({ organizationId: platform.organization.id, quotas });
  try {
    addBoundaries(sandbox, platform);
    const stacks = ['Child', 'Parent'].map((name) => stackAt(synthesized().stacks, `Crosswind/dev-drills/${name}`));
    for (const stack of stacks) await sandbox.deploy(stack);
    const [deployment] = plannedWaves(platform).flatMap(({ deployments }) => deployments);
    if (!deployment) throw new Error('the platform of the drills deploys nothing');
    const { stages } = deployedTenant(deployment, stacks, 'the assembly');
    let number = 0;
    return await use({
      sandbox,
      start(stage, input) {
        const { stateMachineArn = '' } = stages.find((each) => each.stage === stage) ?? {};
        const started = sandbox.executions.start({ stateMachineArn, name: `drill-${(number += 1)}`, input });
        if (!started.ok) throw new Error(started.message);
        return started.execution;
      },
      run: (input, props) => runWorkload(sandbox, { stages, input, name: `drill-${(number += 1)}`, ...props }),
    });
  } finally {
    await sandbox.close();
  }
}
