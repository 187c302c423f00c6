import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { partitionOf } from '@crosswind/aws/partition';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import type { ActionResult, Sandbox } from '@crosswind/sandbox/sandbox';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { accountNamed } from '../../config/deployments.ts';
import { pipelineName } from '../../config/pipeline-name.ts';
import type { Platform } from '../../config/schema.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { bootstrapOf, toolkitStackName } from '../../onboarding/bootstrap.ts';
import { executionPolicyName } from '../../onboarding/execution-policy.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import { deployedTypes } from '../platform/deployed-types.ts';
import { type CommandsOfBuilds, crosswindCommands } from './crosswind-commands.ts';
import { fixOf } from './fix-of.ts';

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
  /** Called with the next thing that is done, for people who wait. */
  readonly progress: (line: string) => void;
  /** Called after each action; returns whether a failure ends the pipeline. */
  readonly onAction: (result: ActionResult) => 'stop' | 'go on';
}

/**
 * Makes every account of the platform ready for the pipeline, as its administrator does with the printed commands.
 * @throws RunFailed where that is refused
 */
export async function bootstrapAccounts({
  sandbox,
  platform,
  stacks,
}: Pick<PlayPipelineProps, 'sandbox' | 'platform' | 'stacks'>): Promise<void> {
  const { bootstrap } = await import('@crosswind/sandbox/sandbox');
  const { policies, accounts } = bootstrapOf(platform, deployedTypes(stacks));
  const template = bootstrapTemplate();
  for (const { id, kind, regions, trust, executionPolicy } of accounts) {
    const document = policies.find((policy) => policy.kind === kind)?.document;
    if (!document) throw new Error(`no execution policy for accounts of kind ${kind}`);
    sandbox.identities.setManagedPolicy(executionPolicy, { name: executionPolicyName, document });
    const options = {
      template,
      qualifier: bootstrapQualifier,
      toolkitStackName,
      trust,
      executionPolicies: [executionPolicy],
      terminationProtection: true,
    };
    for (const region of regions) {
      const caller = { principal: administrator(sandbox, id, region), region };
      await refusedAs(sandbox, `the bootstrap of account ${id} in ${region}`, () =>
        bootstrap(sandbox.stackCalls, caller, options),
      );
    }
  }
}

/**
 * Brings the platform into accounts that are bootstrapped, as a team does: the administrator of the pipeline's account
 * deploys the pipeline, and the pipeline does the rest, each of them with the permissions of its roles.
 * @throws RunFailed where the deployment of the pipeline is refused
 * @throws WrongInput for an assembly of another platform
 */
export async function playPipeline(props: PlayPipelineProps): Promise<void> {
  const { sandbox, platform, stacks, byHand, clone, assembly, progress, onAction, signal } = props;
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
      deployStack(sandbox.stackCalls, administrator(sandbox, account, stack.region), stack),
    );
  }
  await refusedAs(sandbox, `the pipeline ${pipelineName}`, () =>
    sandbox.pipelines.play({ account, region: platform.region }, pipelineName, {
      stacks,
      source: clone.root,
      assembly,
      run: crosswindCommands(props),
      onAction: (result) => {
        signal?.throwIfAborted();
        progress(`pipeline: ${result.action.stage} ${result.action.name}`);
        return onAction(result);
      },
    }),
  );
}

/** A session of the administrator of an account. */
function administrator({ identities }: Sandbox, account: string, region: string) {
  const partition = partitionOf(region);
  const roleArn = `arn:${partition}:iam::${account}:role/${adminRoleName}`;
  addAdminRole(identities, { account, partition });
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${adminRoleName}/administrator`;
  return { kind: 'role', roleArn, sessionArn, account } as const;
}

/** The template of `cdk bootstrap`, as it comes with the CDK's command line. */
const bootstrapTemplate = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');

/** Gives a refusal of AWS the name of what was refused. */
async function refusedAs(sandbox: Sandbox, what: string, action: () => Promise<unknown>): Promise<void> {
  const { isRefusal } = await import('@crosswind/sandbox/sandbox');
  try {
    await action();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new RunFailed([`${what} was refused: ${error.message}`, ...fixOf(error.message, sandbox)].join('\n'));
  }
}
