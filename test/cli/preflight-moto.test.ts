import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwsAccess } from '../../cli/io.ts';
import { AccountReader } from '../../cli/preflight/account-reader.ts';
import { hasMoto, type MotoServer, startMoto } from '../moto-server.ts';
import { aws } from './aws.ts';

// Account of credentials that moto does not know.
const account = '123456789012';
const region = 'us-east-1';
const hasAws = spawnSync('aws', ['--version']).status === 0;
/** VPCs per Region. */
const known = 'L-F678F1CE';
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

/** A second opinion on the requests that the command writes itself, and on how it reads the answers. */
describe.skipIf(!hasMoto || !hasAws)('the reader of an account, against moto', { timeout: 120_000 }, () => {
  let moto: MotoServer;
  let reader: AccountReader;
  const cli = (...args: readonly string[]) =>
    aws(
      {
        ...{ AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'test' },
        ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_ENDPOINT_URL: moto.endpoint },
      },
      ...args,
    );
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: account, secretAccessKey: 'test', sessionToken: 'test' };
    const access: Pick<AwsAccess, 'endpoint' | 'credentials'> = { endpoint: moto.endpoint, credentials };
    reader = new AccountReader(account, region, access);
  }, 60_000);
  afterAll(async () => {
    reader.destroy();
    await moto.close();
  });

  test('reads the default version of a policy, and none where there is no policy', async () => {
    const create = ['iam', 'create-policy', '--policy-name', 'guard', '--query', 'Policy.Arn', '--output', 'text'];
    const arn = await cli(...create, '--policy-document', JSON.stringify(document));
    expect(await reader.policy(arn)).toEqual(document);
    const changed = { ...document, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const version = ['iam', 'create-policy-version', '--set-as-default', '--policy-arn', arn];
    await cli(...version, '--policy-document', JSON.stringify(changed));
    expect(await reader.policy(arn)).toEqual(changed);
    expect(await reader.policy(`${arn}s`)).toBeUndefined();
  });

  test('reads who subscribes to a topic', async () => {
    const arn = await cli('sns', 'create-topic', '--name', 'alerts', '--query', 'TopicArn', '--output', 'text');
    const queue = `arn:aws:sqs:${region}:${account}:queue`;
    await cli('sns', 'subscribe', '--topic-arn', arn, '--protocol', 'sqs', '--notification-endpoint', queue);
    expect(await reader.subscriptions(arn)).toMatchObject([{ endpoint: queue, isConfirmed: true }]);
  });

  test('reads a quota, and none that Service Quotas does not know', async () => {
    // Those of VPC are the only ones that moto has.
    const quota = (code: string) => reader.serviceQuota({ service: 'vpc', code, isGlobal: false });
    const printed = await cli('service-quotas', 'get-service-quota', '--service-code', 'vpc', '--quota-code', known);
    const { Quota } = JSON.parse(printed) as { readonly Quota: { readonly Value: number } };
    expect(await quota(known)).toBe(Quota.Value);
    expect(Quota.Value).toBeGreaterThan(0);
    // It has no operation for what is not applied.
    await expect(quota('L-00000000')).rejects.toThrow();
  });

  test('reads stacks with their outputs, and parameters', async () => {
    const Resources = {
      One: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/one', Type: 'String', Value: 'x' } },
    };
    const create = ['cloudformation', 'create-stack', '--stack-name', 'crosswind-one'];
    const [Parameters, Outputs] = [{ Sink: { Type: 'String' } }, { Name: { Value: { Ref: 'One' } } }];
    await cli(
      ...create,
      ...['--template-body', JSON.stringify({ Parameters, Resources, Outputs })],
      ...['--parameters', 'ParameterKey=Sink,ParameterValue=none'],
    );
    expect(await reader.stacks()).toEqual([{ name: 'crosswind-one', status: 'CREATE_COMPLETE' }]);
    expect(await reader.stack('crosswind-one')).toMatchObject({ status: 'CREATE_COMPLETE', isProtected: false });
    const stack = await reader.stack('crosswind-one');
    expect([stack?.parameters.get('Sink'), stack?.outputs.get('Name')]).toEqual(['none', '/one']);
    expect(await reader.stack('crosswind-two')).toBeUndefined();
    expect(await reader.parameter('/one')).toBe('x');
    expect(await reader.parameter('/two')).toBeUndefined();
  });
});
