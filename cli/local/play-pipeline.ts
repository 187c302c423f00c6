import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { ActionResult, Sandbox } from '@crosswind/sandbox/sandbox';
import { accountNamed } from '../../config/deployments.ts';
import { pipelineName } from '../../config/pipeline-name.ts';
import type { Platform } from '../../config/schema.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { WrongInput } from '../failure.ts';
import { administrator } from './administrator.ts';
import { type CommandsOfBuilds, crosswindCommands } from './crosswind-commands.ts';
import { refusedAs } from './refused-as.ts';

export interface PlayPipelineProps extends CommandsOfBuilds {
  readonly sandbox: Sandbox;
  readonly clone: Clone;
  readonly platform: Platform;
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** Every stack in it. */
  readonly stacks: readonly AssembledStack[];
  /** Stacks that no pipeline deploys: the pipeline's own and what it needs, in order. */
  readonly byHand: readonly AssembledStack[];
  /**
   * The role of the person who deploys the pipeline.
   *
   * @default - the administrator of its account
   */
  readonly deployer?: string;
  /**
   * True if nobody confirms the subscriptions of alerts.
   *
   * @default false - they are confirmed as they are deployed
   */
  readonly leavesPending?: boolean;
  /** Called with the next thing that is done, for people who wait. */
  readonly progress: (line: string) => void;
  /** Called after each action; returns whether a failure ends the pipeline. */
  readonly onAction: (result: ActionResult) => 'stop' | 'go on';
}

/**
 * Brings the platform into accounts that have their baseline, as a team does: the administrator of the pipeline's account
 * deploys the pipeline, and the pipeline does the rest, each of them with the permissions of its roles.
 * @throws RunFailed where the deployment of the pipeline is refused
 * @throws WrongInput for an assembly of another platform
 */
export async function playPipeline(props: PlayPipelineProps): Promise<void> {
  const { sandbox, platform, stacks, byHand, clone, assembly, deployer, progress, onAction, signal } = props;
  const { deployStack } = await import('@crosswind/sandbox/sandbox');
  const account = accountNamed(platform, platform.pipeline.account).id;
  for (const stack of byHand) {
    signal?.throwIfAborted();
    if (stack.account !== account) {
      throw new WrongInput(
        `${assembly} deploys ${stack.name} to ${stack.account}, not to the pipeline's account ${account}: it was synthesized from another platform.yaml`,
      );
    }
    progress(`deploying ${stack.name}`);
    await refusedAs(sandbox, `the deployment of ${stack.name} in account ${account}`, () =>
      deployStack(sandbox.stackCalls, administrator(sandbox, account, stack.region, deployer), stack),
    );
  }
  await refusedAs(sandbox, `the pipeline ${pipelineName}`, () =>
    sandbox.pipelines.play({ account, region: platform.region }, pipelineName, {
      stacks,
      source: clone.root,
      assembly,
      run: crosswindCommands(props),
      leavesPending: props.leavesPending,
      onAction: (result) => {
        signal?.throwIfAborted();
        progress(`pipeline: ${result.action.stage} ${result.action.name}`);
        return onAction(result);
      },
    }),
  );
}
