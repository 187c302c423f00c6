import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, role, sandboxWith, trusting } from '../../src/testing/literals.ts';

const account = '222222222222';
const roleArn = `arn:aws:iam::${account}:role/administrator`;
const caller = {
  principal: { kind: 'role', account, roleArn, sessionArn: `arn:aws:sts::${account}:assumed-role/administrator/me` },
  region: 'us-east-1',
} as const;

const queueWith = (properties: JsonObject): JsonObject => ({
  StackName: 'queues',
  TemplateBody: JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } } }),
});

async function calls() {
  const resources = { Administrator: role('administrator', trusting({ AWS: account }), allow('*')) };
  return (await sandboxWith([{ account, resources }])).stackCalls;
}

const stopped = /^queues is in \w+: .*\[AWS::EarlyValidation::PropertyValidation\].*DescribeEvents/;

test('the end of a creation that early validation stopped names the validation', async () => {
  const stackCalls = await calls();
  await stackCalls.send(caller, 'CreateStack', queueWith({ Colour: 'red' }));
  const ended = stackCalls.ended(caller, 'queues');
  await expect(ended).rejects.toMatchObject({
    code: 'ROLLBACK_COMPLETE',
    message: expect.stringMatching(stopped) as string,
  });
});

test('so does that of an update, and a template that is valid ends without an error', async () => {
  const stackCalls = await calls();
  await stackCalls.send(caller, 'CreateStack', queueWith({}));
  await stackCalls.ended(caller, 'queues');
  await stackCalls.send(caller, 'UpdateStack', queueWith({ Colour: 'red' }));
  const ended = stackCalls.ended(caller, 'queues');
  await expect(ended).rejects.toMatchObject({
    code: 'UPDATE_ROLLBACK_COMPLETE',
    message: expect.stringMatching(stopped) as string,
  });
});
