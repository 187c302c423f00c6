import { describe, expect, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { addOperatorRole, operatorRoleName } from '../../src/iam/operator-role.ts';
import { sandboxWith } from '../../src/testing/literals.ts';

const account = '444444444444';
const other = '333333333333';
const machine = (owner: string): string => `arn:aws:states:us-east-1:${owner}:stateMachine:child`;
const runner = (owner: string): string => `arn:aws:iam::${owner}:role/crosswind-orders-runner`;

/** True if the operator of the account may perform an action. */
async function may(action: string, resource: string, resourceAccount: string, runsTenants?: boolean): Promise<boolean> {
  const sandbox = await sandboxWith([]);
  addOperatorRole(sandbox.identities, { account, partition: 'aws', runsTenants });
  const roleArn = `arn:aws:iam::${account}:role/${operatorRoleName}`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${operatorRoleName}/crosswind`;
  const principal = { kind: 'role', roleArn, sessionArn, account } as const;
  if (action === 'sts:AssumeRole') {
    const trust = {
      Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: action },
    } as const;
    sandbox.identities.addRole({ arn: resource, name: 'runner', account: resourceAccount, trust });
  }
  if (action.startsWith('kms:')) {
    // As the CDK writes it: the key leaves the decision to the policies of its account.
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    };
    sandbox.identities.setResourcePolicy(resource, {
      name: 'key',
      document: { Statement: statement as StatementJson },
    });
  }
  return sandbox.authorize({ principal, action, resource, resourceAccount, context: {} }).allowed;
}

describe("the operator's role", () => {
  test.each([
    ['states:ListStateMachines', '*'],
    ['states:GetExecutionHistory', machine(account).replace('stateMachine', 'execution')],
    ['states:DescribeMapRun', machine(account).replace('stateMachine', 'mapRun')],
    ['states:StartExecution', machine(account)],
    ['states:StopExecution', machine(account).replace('stateMachine', 'execution')],
    ['states:RedriveExecution', machine(account).replace('stateMachine', 'execution')],
    ['s3:ListAllMyBuckets', '*'],
    ['s3:ListBucket', 'arn:aws:s3:::winds'],
    ['s3:GetObject', 'arn:aws:s3:::winds/key'],
    ['kms:Decrypt', `arn:aws:kms:us-east-1:${account}:key/1`],
    ['cloudwatch:GetMetricData', '*'],
    ['ssm:GetParameter', `arn:aws:ssm:us-east-1:${account}:parameter/a`],
  ])('may %s in its account', async (action, resource) => {
    expect(await may(action, resource, account)).toBe(true);
  });

  test.each([
    ['s3:PutObject', 'arn:aws:s3:::winds/key', account],
    ['s3:DeleteObject', 'arn:aws:s3:::winds/key', account],
    ['lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${account}:function:analyze`, account],
    ['states:CreateStateMachine', machine(account), account],
    ['states:GetActivityTask', machine(account).replace('stateMachine', 'activity'), account],
    ['states:RedriveExecution', machine(other).replace('stateMachine', 'execution'), other],
    ['states:StartExecution', machine(other), other],
    ['sts:AssumeRole', runner(other), other],
  ])('may not %s on %s', async (action, resource, owner) => {
    expect(await may(action, resource, owner)).toBe(false);
  });

  test("assumes runner roles in the pipeline's account, and no other roles", async () => {
    expect(await may('sts:AssumeRole', runner(other), other, true)).toBe(true);
    expect(await may('sts:AssumeRole', runner(other).replace('-runner', '-target'), other, true)).toBe(false);
  });
});
