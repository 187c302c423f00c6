import type { AssembledStack } from './read-assembly.ts';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** One stage of the pipeline and the stacks that it deploys, in order; those of one step are deployed side by side. */
export interface DeploymentWave {
  readonly name: string;
  /** True if a person approves first, in this stage or in one before it that deploys nothing. */
  readonly approval: boolean;
  readonly steps: readonly (readonly AssembledStack[])[];
}

interface Action {
  readonly provider: string;
  readonly runOrder: number;
  readonly stackName?: string;
  readonly account?: string;
  /** Where it acts, if not in the pipeline's own region. */
  readonly region?: string;
}

/** The order in which the synthesized pipelines deploy the other stacks of the assembly. */
export function deploymentOrder(stacks: readonly AssembledStack[]): readonly DeploymentWave[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.template.Resources)
      .filter(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')
      .flatMap(({ Properties }) =>
        withApprovals(listOf(Properties?.['Stages']).map((stage) => wave(stage, stack.region, stacks))),
      ),
  );
}

/** The stages that deploy something, each with the approvals of those before it that deploy nothing. */
function withApprovals(stages: readonly DeploymentWave[]): readonly DeploymentWave[] {
  let isApproved = false;
  return stages.flatMap((stage) => {
    const approval = stage.approval || isApproved;
    isApproved = approval && stage.steps.length === 0;
    return stage.steps.length === 0 ? [] : [{ ...stage, approval }];
  });
}

function wave(stage: Json, ownRegion: string, stacks: readonly AssembledStack[]): DeploymentWave {
  const { Name: name = '', Actions: actions = [] } = objectOf(stage);
  const parsed = listOf(actions).map(action);
  const runOrders = [...new Set(parsed.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
  const deployed = new Set<AssembledStack>();
  const steps = runOrders.map((runOrder) =>
    parsed
      .filter((candidate) => candidate.runOrder === runOrder)
      .flatMap((candidate) =>
        stacks.filter(
          ({ name: stackName, account, region }) =>
            stackName === candidate.stackName &&
            account === candidate.account &&
            region === (candidate.region ?? ownRegion),
        ),
      )
      .filter((stack) => !deployed.has(stack) && deployed.add(stack)),
  );
  return {
    name: textOf(name),
    approval: parsed.some(({ provider }) => provider === 'Manual'),
    steps: steps.filter((step) => step.length > 0),
  };
}

function action(value: Json): Action {
  const {
    ActionTypeId: type,
    RunOrder: runOrder = 1,
    Configuration: configuration,
    RoleArn: roleArn,
    Region: region,
  } = objectOf(value);
  const { StackName: stackName, RoleArn: stackRoleArn } = objectOf(configuration);
  const account = /:iam::(\d{12}):role\//.exec(JSON.stringify([stackRoleArn ?? null, roleArn ?? null]));
  return {
    provider: textOf(objectOf(type)['Provider']),
    runOrder: Number(runOrder),
    stackName: textOf(stackName),
    account: account?.[1],
    region: region === undefined ? undefined : textOf(region),
  };
}
