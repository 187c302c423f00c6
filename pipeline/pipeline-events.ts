import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partitionOf } from '@crosswind/aws/partition';
import {
  alertTopicArn,
  pipelineEventsRoleName,
  pipelineEventsSeverity,
} from '../blocks/observability/observability-names.ts';
import { accountNamed } from '../config/deployments.ts';
import { pipelineName } from '../config/pipeline-name.ts';
import type { Platform } from '../config/schema.ts';

export interface PipelineEventsProps {
  readonly platform: Platform;
}

/** Events of CodePipeline (CodePipeline User Guide: "Monitoring CodePipeline events"). */
const patternOf = (what: string, detail: Readonly<Record<string, unknown>>): EventPattern => ({
  source: ['aws.codepipeline'],
  detailType: [`CodePipeline ${what} Execution State Change`],
  detail: { pipeline: [pipelineName], ...detail },
});

/**
 * Reports executions that end without success, and approvals that wait, to the topic of the monitoring account. A topic of
 * another account is a target with a role of this one; its policy and that of its key name the role (EventBridge User
 * Guide: "Sending events to an AWS service in another account").
 */
export class PipelineEvents extends Construct {
  constructor(scope: Construct, id: string, { platform }: PipelineEventsProps) {
    super(scope, id);
    const { region, monitoring, waves } = platform;
    const account = accountNamed(platform, monitoring.account).id;
    const topicArn = alertTopicArn(pipelineEventsSeverity(monitoring.ticket), { account, region });
    const role = this.role(topicArn, `arn:${partitionOf(region)}:kms:${region}:${account}:key/*`, region);
    const waits = waves.some(({ approval }) => approval);
    // An event of an overtaken execution does not say where it waited: without an approval, nobody needs to know.
    const states = ['FAILED', 'CANCELED', 'STOPPED', ...(waits ? ['SUPERSEDED'] : [])];
    const patterns = {
      Ended: patternOf('Pipeline', { state: states }),
      ...(waits && { Approval: patternOf('Action', { type: { category: ['Approval'] }, state: ['STARTED'] }) }),
    };
    for (const [name, eventPattern] of Object.entries(patterns)) {
      new Rule(this, name, { eventPattern, targets: [{ bind: () => ({ arn: topicArn, role }) }] });
    }
  }

  private role(topicArn: string, keyArns: string, region: string): Role {
    const role = new Role(this, 'Role', {
      roleName: pipelineEventsRoleName,
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    role.addToPolicy(new PolicyStatement({ sid: 'Publish', actions: ['sns:Publish'], resources: [topicArn] }));
    role.addToPolicy(
      new PolicyStatement({
        sid: 'Encrypt',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [keyArns],
        conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
      }),
    );
    return role;
  }
}
