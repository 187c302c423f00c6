import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Choice, Condition, Fail, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineName } from '../../../blocks/workflow/address.ts';
import { CallerRole } from '../../../blocks/workflow/caller-role.ts';
import { startStage } from '../../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';

export interface ParentWorkflowProps {
  readonly address: WorkloadAddress<'parent' | 'child'>;
  readonly logRetention: RetentionDays;
}

const validInput = "{% $not($exists($states.input.prefix)) or $type($states.input.prefix) = 'string' %}";

/** Starts the child over the texts whose keys begin with `prefix`, waits for it, and says how it went. */
export class ParentWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, logRetention }: ParentWorkflowProps) {
    super(scope, id);
    const start = startStage(this, 'Start child', {
      address,
      stage: 'child',
      input: { prefix: "{% $exists($states.input.prefix) ? $states.input.prefix : 'texts/' %}" },
      timeoutMinutes: 75,
    });
    const failed = Fail.jsonata(this, 'Child failed', {
      error: '{% $failure.Error %}',
      cause: "{% $exists($failure.Cause) ? $failure.Cause : 'no cause was given' %}",
    });
    start.addCatch(failed, { errors: ['States.ALL'], assign: { failure: '{% $states.errorOutput %}' } });
    const published = start.next(
      Succeed.jsonata(this, 'Outcome', {
        outputs: { child: '{% $states.input.ExecutionArn %}', result: '{% $states.input.Output %}' },
      }),
    );
    const rejected = Fail.jsonata(this, 'Input is not valid', {
      error: 'InvalidInput',
      cause: `{% 'expected {} or {"prefix":"texts/2022/"}, got ' & $string($states.input) %}`,
    });
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'parent'),
      role: new CallerRole(this, 'Role', { address, stage: 'parent' }).role,
      definition: Choice.jsonata(this, 'Is the input valid?')
        .when(Condition.jsonata(validInput), published)
        .otherwise(rejected),
      timeoutMinutes: 90,
      logRetention,
    }).stateMachine;
  }
}
