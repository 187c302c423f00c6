import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type IStateMachine, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { defineWorkload } from '../../../blocks/workload.ts';
import { type WorkloadAddress, stateMachineName } from '../../../blocks/workflow/address.ts';
import { CallerRole } from '../../../blocks/workflow/caller-role.ts';
import { startStage } from '../../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import { contract } from './contract.ts';

type Stage = 'entry' | 'middle' | 'last';

const logRetention = RetentionDays.ONE_WEEK;

/** A workflow that starts the one of another stage, and answers with what that one answers. */
function caller(
  scope: Construct,
  address: WorkloadAddress<Stage>,
  stage: Stage,
  called: Stage,
  timeoutMinutes: number,
): IStateMachine {
  const input = { heard: '{% $states.input %}' };
  const start = startStage(scope, `Start ${called}`, { address, stage: called, input, timeoutMinutes });
  return new Workflow(scope, 'Workflow', {
    stateMachineName: stateMachineName(address, stage),
    role: new CallerRole(scope, 'Role', { address, stage }).role,
    definition: start.next(Pass.jsonata(scope, 'Answer', { outputs: '{% $states.input.Output %}' })),
    timeoutMinutes: timeoutMinutes + 10,
    logRetention,
  }).stateMachine;
}

export const workload = defineWorkload(contract, {
  stages: {
    last: (scope, { address, settings: { greeting } }) =>
      new Workflow(scope, 'Workflow', {
        stateMachineName: stateMachineName(address, 'last'),
        definition: Pass.jsonata(scope, 'Answer', { outputs: { greeting } }),
        timeoutMinutes: 5,
        logRetention,
      }).stateMachine,
    middle: (scope, { address }) => caller(scope, address, 'middle', 'last', 10),
    entry: (scope, { address }) => caller(scope, address, 'entry', 'middle', 30),
  },
});
