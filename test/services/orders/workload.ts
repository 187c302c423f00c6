import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { defineWorkload } from '../../../blocks/workload.ts';
import { stateMachineName } from '../../../blocks/workflow/address.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import { contract } from './contract.ts';

/** Sends an order to a queue, and has a table and a rule that the sandbox cannot simulate. */
export const workload = defineWorkload(contract, {
  stages: {
    desk(scope, { address }) {
      new TableV2(scope, 'Orders', {
        partitionKey: { name: 'id', type: AttributeType.STRING },
        billing: Billing.onDemand(),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        removalPolicy: RemovalPolicy.DESTROY,
      });
      new Rule(scope, 'Nightly', { schedule: Schedule.rate(Duration.days(1)) });
      return new Workflow(scope, 'Workflow', {
        stateMachineName: stateMachineName(address, 'desk'),
        definition: SqsSendMessage.jsonata(scope, 'Send order', {
          queue: queueOf(scope),
          messageBody: TaskInput.fromObject({ order: '{% $states.input.order %}' }),
          taskTimeout: Timeout.duration(Duration.minutes(1)),
        }),
        timeoutMinutes: 5,
        logRetention: RetentionDays.ONE_WEEK,
      }).stateMachine;
    },
  },
});

function queueOf(scope: Construct): Queue {
  const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
  const failures = new Queue(scope, 'Failures', guarded);
  return new Queue(scope, 'Queue', { ...guarded, deadLetterQueue: { queue: failures, maxReceiveCount: 3 } });
}
