import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Choice, Condition, Fail, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineName } from '../../blocks/workflow/address.ts';
import { CallerRole } from '../../blocks/workflow/caller-role.ts';
import { startStage } from '../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { weatherPrefix } from './source-keys.ts';

export interface ParentWorkflowProps {
  readonly address: WorkloadAddress<'parent' | 'child'>;
  /** Objects per batch, where the input names no other number. */
  readonly batchSize: number;
  readonly logRetention: RetentionDays;
}

/** A little more than the child's own timeout, so that the child's end is seen. */
const childTimeoutMinutes = 75;

const example = JSON.stringify({ prefix: `${weatherPrefix}2022/` });

/** An input is `{}` or like the example: what the keys of the source bucket to analyse begin with, and a batch size. */
const validInput = `{% $type($states.input) = 'object'
  and ($not($exists($states.input.prefix)) or $type($states.input.prefix) = 'string')
  and ($not($exists($states.input.batchSize)) or $type($states.input.batchSize) = 'number') %}`;

/** Checks its input, starts the child in the other account, waits for it, and says how it went. */
export class ParentWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, batchSize, logRetention }: ParentWorkflowProps) {
    super(scope, id);
    const failed = Fail.jsonata(this, 'Child failed', {
      error: '{% $failure.Error %}',
      // A timeout has no cause (concepts-error-handling), and an expression without a result would hide the error.
      cause: "{% $exists($failure.Cause) ? $failure.Cause : 'no cause was given' %}",
    });
    const start = startStage(this, 'Start child', {
      address,
      stage: 'child',
      input: {
        batchSize: `{% $exists($states.input.batchSize) ? $states.input.batchSize : ${batchSize} %}`,
        prefix: `{% $exists($states.input.prefix) ? $states.input.prefix : '${weatherPrefix}' %}`,
      },
      timeoutMinutes: childTimeoutMinutes,
    });
    start.addCatch(failed, { errors: ['States.ALL'], assign: { failure: '{% $states.errorOutput %}' } });
    const published = start.next(
      Succeed.jsonata(this, 'Outcome', {
        outputs: { child: '{% $states.input.ExecutionArn %}', result: '{% $states.input.Output %}' },
      }),
    );
    const rejected = Fail.jsonata(this, 'Input is not valid', {
      error: 'InvalidInput',
      cause: `{% 'expected {} or ${example}, got ' & $string($states.input) %}`,
    });
    const definition = Choice.jsonata(this, 'Is the input valid?')
      .when(Condition.jsonata(validInput), published)
      .otherwise(rejected);
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'parent'),
      role: new CallerRole(this, 'Role', { address, stage: 'parent' }).role,
      definition,
      timeoutMinutes: childTimeoutMinutes + 15,
      logRetention,
    }).stateMachine;
  }
}
