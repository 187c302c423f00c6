import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { partitionOf } from '@crosswind/aws/partition';
import { type WorkloadAddress, scheduleFailuresName } from './address.ts';

export interface WorkflowScheduleProps {
  readonly address: WorkloadAddress;
  /** The stage whose workflow it starts. */
  readonly entry: string;
  /** That workflow. */
  readonly stateMachine: IStateMachine;
  /** `cron(…)` or `rate(…)`, as EventBridge Scheduler reads it. */
  readonly expression: string;
  /** In which a cron expression is read, as IANA names it. */
  readonly timezone: string;
}

/**
 * Starts the workflow of the entry stage with the input `{}` again and again; what cannot be started ends in a queue.
 * EventBridge Scheduler delivers at least once: now and then a start may come twice.
 */
export class WorkflowSchedule extends Construct {
  constructor(scope: Construct, id: string, props: WorkflowScheduleProps) {
    super(scope, id);
    const { address, entry, stateMachine, expression, timezone } = props;
    const role = this.role(address, entry);
    const schedule = new Schedule(this, 'Resource', {
      description: `Starts the ${entry} workflow of ${address.tenant}`,
      schedule: ScheduleExpression.expression(expression, TimeZone.of(timezone)),
      timeWindow: TimeWindow.off(),
      target: new StepFunctionsStartExecution(stateMachine, {
        role,
        input: ScheduleTargetInput.fromObject({}),
        deadLetterQueue: this.failures(address),
        // Outlasts throttling, and is over before the next start, an hour later at the earliest.
        maxEventAge: Duration.minutes(30),
        // With pauses that grow; the default of 185 tries is meant for a day.
        retryAttempts: 10,
      }),
    });
    // A rate starts a run as soon as it is created; by then the role must hold its policy.
    schedule.node.addDependency(role.node.findChild('DefaultPolicy'));
  }

  /** Starts that were given up, for as long as SQS keeps anything: two weeks in which somebody looks at the ticket. */
  private failures(address: WorkloadAddress): Queue {
    return new Queue(this, 'Failures', {
      queueName: scheduleFailuresName(address),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  /**
   * Admits schedules of this account's default group alone: AWS knows the group there, and not the schedule
   * (cross-service-confused-deputy-prevention).
   */
  private role({ region, accounts }: WorkloadAddress, entry: string): Role {
    const account = accounts[entry];
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:SourceArn': `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/default`,
          },
        },
      }),
    });
  }
}
