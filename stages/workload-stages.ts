import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Deployment } from '../config/deployments.ts';
import type { WorkflowAddress } from '../services/workflow/address.ts';
import { stackSynthesizer } from './bootstrap.ts';
import { workloads } from './workloads.ts';

export interface WorkloadStageProps {
  readonly deployment: Deployment;
  /** Region of both accounts. */
  readonly region: string;
}

/** What a tenant's parent account gets. */
export class ParentStage extends Stage {
  constructor(scope: Construct, id: string, { deployment, region }: WorkloadStageProps) {
    super(scope, id, { env: { account: deployment.parent.id, region } });
    const stack = new Stack(this, 'Parent', {
      stackName: `crosswind-${deployment.tenant.name}-parent`,
      description: `Parent workflow of ${deployment.tenant.name}, owned by ${deployment.tenant.owner}`,
      synthesizer: stackSynthesizer(region),
      terminationProtection: true,
    });
    workloads[deployment.tenant.workload].parent(stack, addressOf(deployment, region), deployment.settings);
  }
}

/** What a tenant's child account gets. */
export class ChildStage extends Stage {
  constructor(scope: Construct, id: string, { deployment, region }: WorkloadStageProps) {
    super(scope, id, { env: { account: deployment.child.id, region } });
    const stack = new Stack(this, 'Child', {
      stackName: `crosswind-${deployment.tenant.name}-child`,
      description: `Child workflow of ${deployment.tenant.name}, owned by ${deployment.tenant.owner}`,
      synthesizer: stackSynthesizer(region),
      terminationProtection: true,
    });
    workloads[deployment.tenant.workload].child(stack, addressOf(deployment, region), deployment.settings);
  }
}

/** Where the workflows of a deployment live. */
export function addressOf({ tenant, parent, child }: Deployment, region: string): WorkflowAddress {
  return { tenant: tenant.name, region, parentAccount: parent.id, childAccount: child.id };
}
