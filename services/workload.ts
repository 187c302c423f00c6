import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { WorkflowAddress } from './workflow/address.ts';

/**
 * What a tenant's folder offers to the stages: how to build its half of each account.
 * A workload knows nothing of accounts, waves or `platform.yaml`; it gets its address and its settings.
 */
export interface Workload<Settings> {
  /** Builds what the parent account gets, and returns the workflow that starts the child and waits for it. */
  parent(scope: Construct, address: WorkflowAddress, settings: Settings): IStateMachine;
  /** Builds what the child account gets: the workflow that does the work, the role that lets the parent in, and a sample. */
  child(scope: Construct, address: WorkflowAddress, settings: Settings): void;
}
