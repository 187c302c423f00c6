import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { defineWorkload } from '../../../blocks/workload.ts';
import { stateMachineName } from '../../../blocks/workflow/address.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import { contract } from './contract.ts';

/** Answers with its input. It has no local behavior, which a workload need not have. */
export const workload = defineWorkload(contract, {
  stages: {
    only: (scope, { address }) =>
      new Workflow(scope, 'Workflow', {
        stateMachineName: stateMachineName(address, 'only'),
        definition: Pass.jsonata(scope, 'Answer', { outputs: { heard: '{% $states.input %}' } }),
        timeoutMinutes: 5,
        logRetention: RetentionDays.ONE_WEEK,
      }).stateMachine,
  },
});
