import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { CommandFailed } from '../../src/codepipeline/refusals.ts';
import { allow, role, sandboxWith, trusting } from '../../src/testing/literals.ts';
import { approval, played, pipelineStack, shortPipeline, stage, target, tooling } from './pipeline.ts';

const topicArn = `arn:aws:sns:us-east-1:${target}:tickets`;
const reporter = `arn:aws:iam::${tooling}:role/reporter`;

const rule = (detailType: string, detail: JsonObject) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.codepipeline'],
      'detail-type': [detailType],
      detail: { pipeline: ['main'], ...detail },
    },
    Targets: [{ Id: 'Target0', Arn: topicArn, RoleArn: reporter }],
  },
});

/** A sandbox whose pipeline reports failures and approvals to a topic of another account. */
async function reporting(stages: readonly JsonObject[], publisher = reporter) {
  const { resources, ...place } = pipelineStack({ commands: ['check'], stages });
  const rules = {
    Ended: rule('CodePipeline Pipeline Execution State Change', { state: ['FAILED'] }),
    Approval: rule('CodePipeline Action Execution State Change', {
      type: { category: ['Approval'] },
      state: ['STARTED'],
    }),
    Reporter: role('reporter', trusting({ Service: 'events.amazonaws.com' }), allow('sns:Publish', topicArn)),
  };
  const topic = {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: 'tickets', Subscription: [{ Protocol: 'email', Endpoint: 'team@example.com' }] },
    },
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [topicArn],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${tooling}:root` },
              Action: 'sns:Publish',
              Resource: topicArn,
              Condition: { ArnEquals: { 'aws:PrincipalArn': publisher } },
            },
          ],
        },
      },
    },
  };
  return sandboxWith([
    { account: target, resources: topic },
    { ...place, resources: { ...resources, ...rules } },
  ]);
}

const failing = { run: () => Promise.reject(new CommandFailed('check ended with exit code 1')) };

/** Returns what the topic has sent: stage, action and state. */
const sent = ({ topics }: Awaited<ReturnType<typeof reporting>>) =>
  topics.deliveries.map(({ message, to }) => {
    const { detail } = JSON.parse(message) as { readonly detail: JsonObject };
    return [to.endpoint, detail['pipeline'], detail['action'] ?? null, detail['state']];
  });

describe('an execution of a played pipeline', () => {
  test('that fails is reported to a topic of another account', async () => {
    const sandbox = await reporting(shortPipeline);
    await played(sandbox, failing);
    expect(sent(sandbox)).toEqual([['team@example.com', 'main', null, 'FAILED']]);
    expect(JSON.parse(sandbox.topics.deliveries[0]?.message ?? '')).toMatchObject({
      source: 'aws.codepipeline',
      'detail-type': 'CodePipeline Pipeline Execution State Change',
      account: tooling,
      resources: [`arn:aws:codepipeline:us-east-1:${tooling}:main`],
    });
  });

  test('that asks for an approval is reported, and not that it succeeded', async () => {
    const sandbox = await reporting([...shortPipeline.slice(0, 1), stage('approve', approval)]);
    expect((await played(sandbox)).isComplete).toBe(true);
    expect(sent(sandbox)).toEqual([['team@example.com', 'main', 'Approve', 'STARTED']]);
  });

  test('is not reported where the policy of the topic names another role', async () => {
    const sandbox = await reporting(shortPipeline, `arn:aws:iam::${tooling}:role/other`);
    await played(sandbox, failing);
    expect(sent(sandbox)).toEqual([]);
  });
});
