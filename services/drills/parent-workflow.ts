import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  Fail,
  Pass,
  type StateMachine,
  Succeed,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, stateMachineName } from '../../blocks/workflow/address.ts';
import { CallerRole } from '../../blocks/workflow/caller-role.ts';
import { type StartStageProps, startStage } from '../../blocks/workflow/start-stage.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { blindTargetRoleArn } from './blind-target.ts';
import { mostDollarsText } from './drill-costs.ts';
import { filledIn, invalidCause, isValid } from './drill-input.ts';

export interface ParentWorkflowProps {
  readonly address: WorkloadAddress<'parent' | 'child'>;
  /** Timeout of the child's workflow. */
  readonly childTimeoutMinutes: number;
  readonly logRetention: RetentionDays;
}

/** Time that the stuck parent waits for a child that ended long before: longer than any alarm on it needs. */
const blindTimeoutMinutes = 75;

/** Checks its input, starts the drill in the other account, and waits for it, with or without the permission to poll it. */
export class ParentWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { address, childTimeoutMinutes, logRetention }: ParentWorkflowProps) {
    super(scope, id);
    // A little more than the child's own timeout, so that its end is seen.
    const timeoutMinutes = childTimeoutMinutes + 10;
    const started = this.started(address, 'Start child', { timeoutMinutes });
    const blind = this.started(address, 'Start child without states:DescribeExecution', {
      timeoutMinutes: blindTimeoutMinutes,
      targetRoleArn: blindTargetRoleArn(address),
    });
    const outcome = Succeed.jsonata(this, 'Outcome', {
      outputs: { child: '{% $states.input.ExecutionArn %}', result: '{% $states.input.Output %}' },
    });
    const chosen = Choice.jsonata(this, 'May it describe the child?')
      .when(Condition.jsonata("{% $states.input.drill = 'stuck-parent' %}"), blind.next(outcome))
      .otherwise(started.next(outcome));
    const filled = Pass.jsonata(this, 'Fill in the input', { outputs: filledIn });
    const rejected = Fail.jsonata(this, 'Input is not valid', { error: 'InvalidInput', cause: invalidCause });
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(address, 'parent'),
      comment: `Starts the drill that its input names, and nothing by itself. ${mostDollarsText}`,
      role: new CallerRole(this, 'Role', { address, stage: 'parent' }).role,
      definition: Choice.jsonata(this, 'Is the input valid?')
        .when(Condition.jsonata(isValid), filled.next(chosen))
        .otherwise(rejected),
      timeoutMinutes: timeoutMinutes + 10,
      logRetention,
    }).stateMachine;
  }

  private started(
    address: ParentWorkflowProps['address'],
    id: string,
    how: Pick<StartStageProps<'child'>, 'timeoutMinutes' | 'targetRoleArn'>,
  ): TaskStateBase {
    const input = Object.fromEntries(Object.keys(filledIn).map((name) => [name, `{% $states.input.${name} %}`]));
    const start = startStage(this, id, { address, stage: 'child', input, ...how });
    const failed = Fail.jsonata(this, `${id}: failed`, {
      error: '{% $states.input.Error %}',
      // A timeout has no cause (concepts-error-handling), and an expression without a result would hide the error.
      cause: "{% $boolean($states.input.Cause) ? $states.input.Cause : 'no cause was given' %}",
    });
    start.addCatch(failed, { errors: ['States.ALL'], outputs: '{% $states.errorOutput %}' });
    return start;
  }
}
