import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, lambda, now, role, sandboxWith, trusting } from '../../src/testing/literals.ts';
import { clientOf, credentialsAs, unknownCredentials } from '../sts/callers.ts';

const account = '222222222222';
const other = '333333333333';
const callerArn = `arn:aws:iam::${account}:role/caller`;
const parameter = (name: string, value: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
});
const get = (Name: string) => new GetParameterCommand({ Name });
const mayGet = (name: string) => allow('ssm:GetParameter', `arn:aws:ssm:us-east-1:${account}:parameter/${name}`);

/** A sandbox with a parameter `/team/sink`, and a client of a role that may do what `statements` say. */
async function withParameter(...statements: readonly JsonObject[]) {
  const resources = { Sink: parameter('/team/sink', 'the sink'), Caller: role('caller', lambda, ...statements) };
  const sandbox = await sandboxWith([{ account, resources }]);
  return { sandbox, client: new SSMClient(clientOf(sandbox, credentialsAs(sandbox, callerArn))) };
}

describe('Systems Manager, asked with the real SDK', () => {
  test('gives the value of a parameter', async () => {
    const { client } = await withParameter(mayGet('team/sink'));
    const { Parameter: found } = await client.send(get('/team/sink'));
    expect(found).toMatchObject({
      Name: '/team/sink',
      Value: 'the sink',
      Type: 'String',
      DataType: 'text',
      LastModifiedDate: new Date(now),
      Version: 1,
      ARN: `arn:aws:ssm:us-east-1:${account}:parameter/team/sink`,
    });
  });

  test('denies a caller that may not, in the words of AWS', async () => {
    const { client } = await withParameter(mayGet('team/other'));
    await expect(client.send(get('/team/sink'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${account}:assumed-role/caller/session is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:${account}:parameter/team/sink because no identity-based policy allows the ssm:GetParameter action`,
    });
  });

  test('finds no parameter that is not there, and tells nobody who may not ask', async () => {
    const { client } = await withParameter(mayGet('team/missing'));
    await expect(client.send(get('/team/missing'))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(client.send(get('/team/missing-2'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test("finds parameters of the caller's own account and region only", async () => {
    const { sandbox } = await withParameter(allow('ssm:GetParameter'));
    const elsewhere = { ...clientOf(sandbox, credentialsAs(sandbox, callerArn)), region: 'eu-west-1' };
    await expect(new SSMClient(elsewhere).send(get('/team/sink'))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('is asked from another account with a role of the account that has the parameter', async () => {
    const readerArn = `arn:aws:iam::${account}:role/reader`;
    const ofOrganization = trusting({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-one' } });
    const reader = role('reader', ofOrganization, mayGet('team/sink'));
    const sandbox = await sandboxWith(
      [
        { account, resources: { Sink: parameter('/team/sink', 'the sink'), Reader: reader } },
        { account: other, resources: { Finder: role('finder', lambda, allow('sts:AssumeRole', readerArn)) } },
      ],
      { organizationId: 'o-one' },
    );
    const sts = new STSClient(clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${other}:role/finder`)));
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: readerArn, RoleSessionName: 'link' }),
    );
    const credentials = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    const { Parameter: found } = await new SSMClient(clientOf(sandbox, credentials)).send(get('/team/sink'));
    expect(found?.Value).toBe('the sink');
  });

  test('has partitions other than aws', async () => {
    const region = 'cn-north-1';
    const resources = {
      Sink: parameter('/team/sink', 'the sink'),
      Caller: role(
        'caller',
        lambda,
        allow('ssm:GetParameter', `arn:aws-cn:ssm:${region}:${account}:parameter/team/sink`),
      ),
    };
    const sandbox = await sandboxWith([{ account, region, resources }]);
    const credentials = credentialsAs(sandbox, callerArn.replace('arn:aws:', 'arn:aws-cn:'));
    const { Parameter: found } = await new SSMClient({ ...clientOf(sandbox, credentials), region }).send(
      get('/team/sink'),
    );
    expect(found?.Value).toBe('the sink');
  });

  test('refuses credentials that the sandbox did not give out', async () => {
    const { sandbox } = await withParameter(mayGet('team/sink'));
    const stranger = new SSMClient(clientOf(sandbox, unknownCredentials));
    await expect(stranger.send(get('/team/sink'))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('names what it does not know', async () => {
    const { client } = await withParameter(allow('ssm:*'));
    await expect(client.send(new DescribeParametersCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the simulated Systems Manager does not know AmazonSSM.DescribeParameters (see docs/sandbox-support.md)',
    });
  });
});
