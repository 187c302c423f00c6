import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { addressOf, type Deployment } from '../config/deployments.ts';
import { RunnerRole } from '../services/workflow/runner-role.ts';
import { WorkflowSchedule } from '../services/workflow/workflow-schedule.ts';
import { stackProps } from './stack-props.ts';
import { workloads } from './workloads.ts';

export interface WorkloadStageProps {
  readonly deployment: Deployment;
  /** The account that may run the workflows once they are deployed. */
  readonly pipelineAccount: string;
  readonly organizationId: string;
}

/** What a tenant's parent account gets. */
export class ParentStage extends Stage {
  constructor(scope: Construct, id: string, { deployment, ...runBy }: WorkloadStageProps) {
    const { tenant, parent, region, settings, schedule } = deployment;
    super(scope, id, { env: { account: parent.id, region } });
    const stack = new Stack(this, 'Parent', {
      stackName: `crosswind-${tenant.name}-parent`,
      description: `Parent workflow of ${tenant.name}, owned by ${tenant.owner}`,
      ...stackProps(region),
    });
    const address = addressOf(deployment);
    const stateMachine = workloads[tenant.workload].parent(stack, address, settings);
    new RunnerRole(stack, 'Runner', { address, side: 'parent', ...runBy });
    if (schedule) new WorkflowSchedule(stack, 'Schedule', { address, stateMachine, ...schedule });
  }
}

/** What a tenant's child account gets. */
export class ChildStage extends Stage {
  constructor(scope: Construct, id: string, { deployment, ...runBy }: WorkloadStageProps) {
    const { tenant, child, region, settings } = deployment;
    super(scope, id, { env: { account: child.id, region } });
    const stack = new Stack(this, 'Child', {
      stackName: `crosswind-${tenant.name}-child`,
      description: `Child workflow of ${tenant.name}, owned by ${tenant.owner}`,
      ...stackProps(region),
    });
    const address = addressOf(deployment);
    workloads[tenant.workload].child(stack, address, settings);
    new RunnerRole(stack, 'Runner', { address, side: 'child', ...runBy });
  }
}
