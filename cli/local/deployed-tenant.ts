import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type WorkloadAddress, stackName, stateMachineArn } from '../../blocks/workflow/address.ts';
import { addressOf, type Deployment, fromEntry } from '../../config/deployments.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { RunnableStage } from './run-workload.ts';

/** A tenant of one wave in an assembly. */
export interface DeployedTenant {
  readonly address: WorkloadAddress;
  readonly settings: Deployment['settings'];
  /** The entry first, a called stage after its caller. */
  readonly stages: readonly RunnableStage[];
  /** The resource of a stage at a construct path below its stack. */
  readonly resource: (stage: string, path: string) => Resource;
}

/**
 * Finds the stacks of a tenant; an assembly that lacks one is wrong input.
 * @param directory as messages name the assembly
 */
export function deployedTenant(deployment: Deployment, stacks: readonly Stack[], directory: string): DeployedTenant {
  const address = addressOf(deployment);
  const stages = fromEntry(deployment);
  const byStage = new Map(
    stages.map(({ name }) => {
      const stack = stacks.find(
        (each) => each.name === stackName(address, name) && each.account === address.accounts[name],
      );
      if (stack) return [name, stack] as const;
      throw new WrongInput(
        `${directory} does not deploy the ${name} of "${address.tenant}" to ${address.accounts[name] ?? ''}: it was synthesized from another platform.yaml`,
      );
    }),
  );
  return {
    address,
    settings: deployment.settings,
    stages: stages.map(({ name, account, starts }) => ({
      stage: name,
      account: account.id,
      stateMachineArn: stateMachineArn(address, name),
      starts,
    })),
    resource(stage, path) {
      const stack = byStage.get(stage);
      const at = `${stack?.path ?? ''}/${path}`;
      const found = stack?.resources.find((resource) => resource.path === at || resource.path === `${at}/Resource`);
      if (found) return found;
      throw new RunFailed(
        `the ${stage} of "${address.tenant}" has no resource at ${path}, which its local.ts asks for`,
      );
    },
  };
}
