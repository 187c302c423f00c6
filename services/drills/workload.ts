import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { defineWorkload } from '../../blocks/workload.ts';
import { BlindTarget } from './blind-target.ts';
import { ChildWorkflow } from './child-workflow.ts';
import { contract } from './contract.ts';
import { NestedWorkflow } from './nested-workflow.ts';
import { ParentWorkflow } from './parent-workflow.ts';

/** Two rounds of the longest hold: Map Runs of the second one wait in the backlog for those of the first. */
const childTimeoutMinutes = 150;

const logRetention = RetentionDays.ONE_WEEK;

/** Drills: nothing runs, and nothing is kept that costs money, until a person starts one. */
export const workload = defineWorkload(contract, {
  stages: {
    parent: (scope, { address }) =>
      new ParentWorkflow(scope, 'Parent', { address, childTimeoutMinutes, logRetention }).stateMachine,
    child(scope, { address }) {
      const { stateMachine } = new ChildWorkflow(scope, 'Child', {
        address,
        timeoutMinutes: childTimeoutMinutes,
        logRetention,
      });
      new NestedWorkflow(scope, 'Nested', { address, stateMachine, childTimeoutMinutes, logRetention });
      new BlindTarget(scope, 'Blind', { address, stateMachine });
      return stateMachine;
    },
  },
});
