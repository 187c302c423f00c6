import { Stack, Stage } from 'aws-cdk-lib/core';
import { CfnStateMachine, type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ProbeRole } from '../blocks/observability/probe/probe-role.ts';
import type { Workload } from '../blocks/workload.ts';
import { stackName, stateMachineName } from '../blocks/workflow/address.ts';
import { RunnerRole } from '../blocks/workflow/runner-role.ts';
import { TargetRole } from '../blocks/workflow/target-role.ts';
import { WorkflowSchedule } from '../blocks/workflow/workflow-schedule.ts';
import { addressOf, type Deployment, type PlacedStage } from '../config/deployments.ts';
import { capitalized } from './capitalized.ts';
import { stackProps } from './stack-props.ts';
import { tagAll } from './tag-all.ts';

export interface PlacementStageProps {
  readonly deployment: Deployment;
  /** Name of the wave, for tags. */
  readonly wave: string;
  readonly workload: Workload;
  /** The account that may run the workflows once they are deployed. */
  readonly pipelineAccount: string;
  readonly organizationId: string;
  /**
   * Name of the stage in the pipeline.
   *
   * @default - its id
   */
  readonly stageName?: string;
}

/** Deployment of a tenant in one wave: a stack in the account of each stage, a called one before its caller. */
export class PlacementStage extends Stage {
  constructor(scope: Construct, id: string, props: PlacementStageProps) {
    super(scope, id, { stageName: props.stageName });
    const { name, owner } = props.deployment.tenant;
    tagAll(this, { tenant: name, owner, wave: props.wave });
    const stacks = new Map<string, Stack>();
    for (const stage of props.deployment.stages) {
      const stack = this.stack(stage, props);
      for (const called of stage.starts) {
        const target = stacks.get(called);
        if (target) stack.addStackDependency(target);
      }
      stacks.set(stage.name, stack);
    }
  }

  private stack(
    stage: PlacedStage,
    { deployment, wave, workload, pipelineAccount, organizationId }: PlacementStageProps,
  ): Stack {
    const { tenant, stages, entry, region, settings, schedule } = deployment;
    const { name } = stage;
    const address = addressOf(deployment);
    const stack = new Stack(this, capitalized(name), {
      stackName: stackName(address, name),
      description: `${capitalized(name)} workflow of ${tenant.name}, owned by ${tenant.owner}`,
      env: { account: stage.account.id, region },
      ...stackProps(region),
    });
    const stateMachine = workload.build(name, stack, { address, wave, settings, organizationId });
    checkName(stack, stateMachine, `${name} of ${tenant.workload}`, stateMachineName(address, name));
    const callers = stages.filter(({ starts }) => starts.includes(name)).map((caller) => caller.name);
    if (callers.length > 0) {
      new TargetRole(stack, 'Target', { address, stage: name, callers, stateMachine });
    }
    const watchers = [...callers, ...(stage.startedWithin ? [name] : [])];
    if (watchers.length > 0) {
      new ProbeRole(stack, 'Probe', { address, callers: watchers, stateMachine, organizationId });
    }
    const [isEntry, isCalled] = [stage === entry, callers.length > 0];
    new RunnerRole(stack, 'Runner', { address, stage: name, isEntry, isCalled, pipelineAccount, organizationId });
    if (isEntry && schedule) {
      new WorkflowSchedule(stack, 'Schedule', { address, entry: name, stateMachine, ...schedule });
    }
    return stack;
  }
}

/** The workflow of a stage has the name that its callers, alarms and dashboards know. */
function checkName(stack: Stack, { node }: IStateMachine, stage: string, expected: string): void {
  const machine = node.defaultChild;
  const name: unknown = machine instanceof CfnStateMachine ? stack.resolve(machine.stateMachineName) : expected;
  if (name === expected) return;
  throw new Error(
    `the workflow of the ${stage} must be called ${expected}, got ${typeof name === 'string' ? name : 'a generated name'}: give it stateMachineName(address, stage)`,
  );
}
