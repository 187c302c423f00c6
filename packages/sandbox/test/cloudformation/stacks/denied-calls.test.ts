import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { DeniedCall } from '../../../src/sandbox.ts';
import { allow, arnOf, logGroup, role, sandboxWith, trusting } from '../../../src/testing/literals.ts';
import { account, addRole, cloudFormation, created, deleted, everything, region, templateOf } from './client.ts';

const template = templateOf({ Logs: logGroup('letters') });
const personArn = `arn:aws:iam::${account}:role/person`;
const deployerArn = `arn:aws:iam::${account}:role/deployer`;
const logsArn = `arn:aws:logs:${region}:${account}:log-group:letters`;
const denyDeletion: JsonObject = { Effect: 'Deny', Action: 'logs:DeleteLogGroup', Resource: '*', Sid: 'Keep' };

/** A state machine whose role only Lambda may assume. */
const machineOfLambda = {
  Role: role('machine', trusting({ Service: 'lambda.amazonaws.com' })),
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: arnOf('Role'),
      DefinitionString: '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}',
    },
  },
};

/** A client, its sandbox, and the denied calls that the sandbox has reported. */
async function listening(statements: readonly JsonObject[] = [everything]) {
  const calls: DeniedCall[] = [];
  const onDenied = (call: DeniedCall): void => {
    calls.push(call);
  };
  return { calls, ...(await cloudFormation(statements, { onDenied })) };
}

/** The statements that fix the only call that was reported, each with its document. */
function fixesOf(calls: readonly DeniedCall[]): readonly (readonly [place: string, statement: JsonObject])[] {
  expect(calls).toHaveLength(1);
  const denied = calls[0]?.denied;
  if (denied?.kind !== 'implicit deny') throw new Error(`expected a statement that is missing, got ${denied?.kind}`);
  return denied.mends.map(({ document, of, statement }) => [`${document} of ${of}`, { ...statement }]);
}

describe('a resource that fails on a denied call', () => {
  test('is reported with the statement that is missing; with it the deployment succeeds', async () => {
    const { calls, client, sandbox } = await listening();
    const RoleARN = addRole(sandbox, 'deployer', [allow('logs:DescribeLogGroups')]);
    const failed = await created(client, sandbox, template, { RoleARN });
    expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(calls).toMatchObject([
      { stack: 'letters', account, region, resource: { logicalId: 'Logs', type: 'AWS::Logs::LogGroup' } },
    ]);
    const [[place, statement] = ['', {}]] = fixesOf(calls);
    expect(place).toBe(`identity policy of ${deployerArn}`);
    expect(statement).toMatchObject({ Effect: 'Allow', Action: 'logs:CreateLogGroup' });

    await deleted(client, sandbox, failed.StackId);
    const more = addRole(sandbox, 'wider', [allow('logs:DescribeLogGroups'), statement]);
    expect((await created(client, sandbox, template, { RoleARN: more })).StackStatus).toBe('CREATE_COMPLETE');
    expect(calls).toHaveLength(1);
  });

  test('is reported by the boundary of the role, if that is what denies it', async () => {
    const { calls, client, sandbox } = await listening();
    const RoleARN = addRole(sandbox, 'deployer', [everything]);
    const boundary = { name: 'bound', document: { Version: '2012-10-17', Statement: [allow('s3:*')] } };
    Object.assign(sandbox.identities.role(RoleARN) ?? {}, { boundary });
    await created(client, sandbox, template, { RoleARN });
    expect(fixesOf(calls).map(([place]) => place)).toEqual([`permissions boundary of ${deployerArn}`]);
  });

  test('is reported by the statement that denies it, on a deletion', async () => {
    const { calls, client, sandbox } = await listening();
    const RoleARN = addRole(sandbox, 'deployer', [everything, denyDeletion]);
    const { StackId } = await created(client, sandbox, template, { RoleARN });
    expect(calls).toEqual([]);
    await deleted(client, sandbox, StackId);
    expect(calls).toMatchObject([
      {
        resource: { logicalId: 'Logs' },
        denied: { kind: 'explicit deny', deniedBy: { statement: 'statement "Keep"' } },
      },
    ]);
    expect(calls[0]?.denied.reason).toContain(`is explicitly denied logs:DeleteLogGroup on ${logsArn}`);
  });

  test('is reported by the trust policy of a role that a service may not assume', async () => {
    const { calls, client, sandbox } = await listening();
    await created(client, sandbox, templateOf(machineOfLambda));
    const trust = `trust policy of arn:aws:iam::${account}:role/machine`;
    expect(fixesOf(calls)).toEqual([
      [trust, { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    ]);
  });
});

describe('a request that is denied', () => {
  test.each<[what: string, statements: readonly JsonObject[], place: string, action: string]>([
    ['to the caller', [allow('iam:PassRole')], `identity policy of ${personArn}`, 'cloudformation:CreateStack'],
    ['a role to hand over', [allow('cloudformation:*')], `identity policy of ${personArn}`, 'iam:PassRole'],
  ])('%s is reported with the statement that is missing', async (_, statements, place, action) => {
    const { calls, client, sandbox } = await listening(statements);
    const RoleARN = addRole(sandbox, 'deployer', [everything]);
    await expect(created(client, sandbox, template, { RoleARN })).rejects.toThrow(action);
    expect(calls[0]).toMatchObject({ stack: 'letters', account, region });
    expect(calls[0]).not.toHaveProperty('resource');
    expect(fixesOf(calls)).toMatchObject([[place, { Action: action }]]);
  });

  test('by the trust policy of the role of the stack is, too', async () => {
    const { calls, client, sandbox } = await listening();
    const RoleARN = deployerArn;
    sandbox.identities.addRole({ arn: RoleARN, name: 'deployer', account, trust: { Statement: [] } });
    await expect(created(client, sandbox, template, { RoleARN })).rejects.toThrow('cannot be assumed');
    expect(fixesOf(calls)).toMatchObject([[`trust policy of ${deployerArn}`, { Action: 'sts:AssumeRole' }]]);
  });

  test('to read the template is, too, although AWS does not say which action', async () => {
    const { calls, client, sandbox } = await listening([allow('cloudformation:*')]);
    sandbox.storage.createBucket({ name: 'templates', account, region });
    const TemplateURL = `${sandbox.endpointUrl}/templates/letters.json`;
    const request = created(client, sandbox, template, { TemplateBody: undefined, TemplateURL } as object);
    await expect(request).rejects.toThrow('S3 error: Access Denied');
    expect(fixesOf(calls)).toMatchObject([
      [`identity policy of ${personArn}`, { Resource: expect.stringContaining('templates') as unknown }],
    ]);
  });
});

describe('no call is reported', () => {
  test('of a request that is wrong', async () => {
    const { calls, client } = await listening();
    await client.send(new DeleteStackCommand({ StackName: 'nothing' }));
    await expect(client.send(new DeleteStackCommand({ StackName: '' }))).rejects.toThrow();
    expect(calls).toEqual([]);
  });

  test('of a deployment as nobody: its refusal has the decision', async () => {
    const calls: DeniedCall[] = [];
    const onDenied = (call: DeniedCall): unknown => calls.push(call);
    await expect(sandboxWith([{ account, resources: machineOfLambda }], { onDenied })).rejects.toMatchObject({
      denied: { kind: 'implicit deny', mends: [{ document: 'trust policy' }] },
    });
    expect(calls).toEqual([]);
  });
});
