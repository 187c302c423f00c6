import { Duration, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { LeastPrivilegeFunction } from '../../baseline/least-privilege-function.ts';
import type { ProbeInput } from './probe-input.ts';
import { probeMetrics } from './probe-metrics.ts';
import { probeName } from './probe-names.ts';
import { roundMinutes } from './probe-round.ts';

export interface AccountProbeProps {
  /** Workflows of the account, and those that they start. */
  readonly workflows: ProbeInput['workflows'];
}

/**
 * The probe of an account: every five minutes it looks for executions that wait for something that has ended long ago, and
 * for old ones. AWS has no metric for either.
 */
export class AccountProbe extends Construct {
  constructor(scope: Construct, id: string, { workflows }: AccountProbeProps) {
    super(scope, id);
    const probe = new LeastPrivilegeFunction(this, 'Function', {
      entry: `${import.meta.dirname}/probe.entry.ts`,
      functionName: probeName,
      roleName: probeName,
      description: 'Looks for executions that wait for something that has ended, and for old ones',
      memoryMegabytes: 256,
      timeoutSeconds: 60,
      logRetention: RetentionDays.ONE_MONTH,
      emits: { metrics: probeMetrics, dimensions: { Tenant: undefined } },
    });
    const machines = workflows.map(({ stateMachineArn }) => stateMachineArn);
    if (machines.length > 0) {
      probe.allow(['states:DescribeStateMachine', 'states:ListExecutions'], machines);
      probe.calls(['states:DescribeStateMachine', 'states:ListExecutions'], machines);
    }
    const roles = [...new Set(workflows.flatMap(({ starts }) => starts.map(({ roleArn }) => roleArn)))];
    if (roles.length > 0) {
      probe.allow(['sts:AssumeRole'], roles);
      probe.calls(['sts:AssumeRole'], roles);
    }
    const role = this.scheduleRole(probe);
    const schedule = new Schedule(this, 'Schedule', {
      scheduleName: probeName,
      description: 'Runs the probe',
      schedule: ScheduleExpression.rate(Duration.minutes(roundMinutes)),
      timeWindow: TimeWindow.off(),
      // `LambdaInvoke` would also allow every version and alias.
      target: {
        bind: () => ({
          arn: probe.function.functionArn,
          role,
          input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime, workflows }),
          // The next round is as good as another attempt at this one.
          retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: roundMinutes * 60 },
        }),
      },
    });
    // A rate starts a round as soon as it is created; by then the role must hold its policy.
    schedule.node.addDependency(role.node.findChild('DefaultPolicy'));
  }

  /** Admits schedules of this account's default group alone (cross-service-confused-deputy-prevention). */
  private scheduleRole(probe: LeastPrivilegeFunction): Role {
    const { account, region, partition } = Stack.of(this);
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': account,
            'aws:SourceArn': `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`,
          },
        },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [probe.function.functionArn] }),
    );
    return role;
  }
}
