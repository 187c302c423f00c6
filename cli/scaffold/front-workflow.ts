import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Choice, Condition, Fail, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineName } from '../../blocks/workflow/address.ts';
import { CallerRole } from '../../blocks/workflow/caller-role.ts';
import { startStage } from '../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';

export interface FrontWorkflowProps {
  readonly address: WorkloadAddress<'front' | 'back'>;
}

/** A little more than the timeout of the back workflow, so that its end is seen. */
const backTimeoutMinutes = 6;

/** True for `{}`, which a schedule starts with, and for an input such as `{"text": "to be or not to be"}`. */
const validInput = `{% $type($states.input) = 'object'
  and ($not($exists($states.input.text)) or $type($states.input.text) = 'string') %}`;

/** Checks its input, starts the back workflow in the other account, waits for it and returns its result. */
export class FrontWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address }: FrontWorkflowProps) {
    super(scope, id);
    const start = startStage(this, 'Start back', {
      address,
      stage: 'back',
      input: { text: "{% $exists($states.input.text) ? $states.input.text : '' %}" },
      timeoutMinutes: backTimeoutMinutes,
    });
    const counted = start.next(Succeed.jsonata(this, 'Counted', { outputs: '{% $states.input.Output %}' }));
    const rejected = Fail.jsonata(this, 'Input is not valid', {
      error: 'InvalidInput',
      cause: `{% 'expected an object with a string "text", got ' & $string($states.input) %}`,
    });
    const definition = Choice.jsonata(this, 'Is the input valid?')
      .when(Condition.jsonata(validInput), counted)
      .otherwise(rejected);
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'front'),
      role: new CallerRole(this, 'Role', { address, stage: 'front' }).role,
      definition,
      timeoutMinutes: backTimeoutMinutes + 2,
      logRetention: RetentionDays.ONE_MONTH,
    }).stateMachine;
  }
}
