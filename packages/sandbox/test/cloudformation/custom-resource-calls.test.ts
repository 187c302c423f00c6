import type { TemplateResource } from '@crosswind/assembly/template';
import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import {
  allow,
  arnOf,
  bucket,
  lambda,
  lambdaFunction,
  type Resources,
  role,
  sandboxWith,
} from '../../src/testing/literals.ts';
import { account, withProperties } from './refusals.ts';

/** A call that the function of a custom resource makes. */
interface Call {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** @default - the one that the function has */
  readonly secret?: string;
}

/** Code of a function that makes a signed call and reports a failure with the status of the answer. */
const calling = (call: Call): string => `
  import { createHash, createHmac } from 'node:crypto';
  const { service, method = 'POST', path = '/', headers: given = {}, body = '', secret } = ${JSON.stringify(call)};
  const sha = (text) => createHash('sha256').update(text).digest('hex');
  const mac = (key, text) => createHmac('sha256', key).update(text).digest();
  const env = process.env;
  const at = new Date().toISOString().replace(/[-:]|\\.\\d+/g, '');
  const url = new URL(path, env.AWS_ENDPOINT_URL);
  const hash = sha(body);
  const own = { ...given, host: url.host, 'x-amz-content-sha256': hash, 'x-amz-date': at, 'x-amz-security-token': env.AWS_SESSION_TOKEN };
  const names = Object.keys(own).sort();
  const query = [...url.searchParams].map(([name, value]) => name + '=' + value).join('&');
  const canonical = [method, url.pathname, query, ...names.map((name) => name + ':' + own[name]), '', names.join(';'), hash].join('\\n');
  const scope = [at.slice(0, 8), env.AWS_REGION, service, 'aws4_request'];
  const key = scope.reduce(mac, 'AWS4' + (secret ?? env.AWS_SECRET_ACCESS_KEY));
  const signature = mac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), sha(canonical)].join('\\n')).toString('hex');
  const { host, ...sent } = own;
  const authorization = 'AWS4-HMAC-SHA256 Credential=' + [env.AWS_ACCESS_KEY_ID, ...scope].join('/') +
    ', SignedHeaders=' + names.join(';') + ', Signature=' + signature;
  export const handler = async ({ ResponseURL }) => {
    const answer = await fetch(url, { method, headers: { ...sent, authorization }, ...(method !== 'GET' && { body }) });
    await answer.arrayBuffer();
    await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'FAILED', Reason: 'got ' + answer.status }) });
  };`;

const python: TemplateResource = {
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: 'snake', Role: arnOf('FunctionRole'), Runtime: 'python3.13', Code: {} },
};

/** Deploys a custom resource whose function makes the call; returns its opaque line, or the refusal. */
const outcomeOf = (call: Call, ...may: readonly JsonObject[]): Promise<string | undefined> =>
  outcomeAs(role('function', lambda, ...may), call);

async function outcomeAs(functionRole: TemplateResource, call: Call): Promise<string | undefined> {
  const resources: Resources = {
    FunctionRole: functionRole,
    Winds: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: 'winds', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    },
    Snake: python,
    Mine: bucket('mine'),
    Provider: lambdaFunction('provider', calling(call)),
    Asked: {
      Type: 'Custom::Asked',
      Properties: { ServiceToken: arnOf('Provider') },
      DependsOn: ['Winds', 'Snake', 'Mine'],
    },
  };
  try {
    const { opaque } = await sandboxWith([{ account, resources }]);
    return opaque.map(opaqueLine).find((line) => line.includes('Custom::Asked'));
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}

const json = (target: string, version = '1.1') => ({
  'x-amz-target': target,
  'content-type': `application/x-amz-json-${version}`,
});
const getItem = {
  service: 'dynamodb',
  headers: json('DynamoDB_20120810.GetItem', '1.0'),
  body: '{"TableName":"winds"}',
};
const invoke = (name: string) => ({ service: 'lambda', path: `/2015-03-31/functions/${name}/invocations`, body: '{}' });
const asked = `Custom::Asked) in account ${account}: CustomResourceFailed: Received response status [FAILED] from custom resource. Message returned`;

describe('a custom resource whose function fails', () => {
  test.each<[string, Call, number]>([
    ['a service that is not simulated', { service: 'ecr', headers: json('x.ListImages') }, 501],
    ['an opaque table', getItem, 501],
    ['an opaque function', invoke('snake'), 501],
    [
      'an operation of Lambda that is not simulated',
      { service: 'lambda', method: 'GET', path: '/2015-03-31/functions' },
      404,
    ],
    [
      'a parameter of Lambda that is not simulated',
      { ...invoke('provider'), headers: { 'x-amz-tenant-id': 'a' } },
      501,
    ],
    [
      'an operation of Systems Manager',
      { service: 'ssm', headers: json('AmazonSSM.DescribeParameters'), body: '{}' },
      400,
    ],
    ['an operation of STS', { service: 'sts', body: 'Action=GetSessionToken' }, 501],
    ['an operation of S3', { service: 's3', method: 'GET', path: '/mine?acl=' }, 501],
    [
      'an operation of Organizations',
      { service: 'organizations', headers: json('AWSOrganizationsV20161128.ListHandshakes') },
      400,
    ],
  ])('on a call of %s is opaque', async (_, call, status) => {
    expect(await outcomeOf(call, allow('*'))).toBe(
      `AWS can, the sandbox cannot: Custom::Asked Asked in ${account}: got ${status}`,
    );
  });

  test.each([
    [
      'is opaque where its role has an unknown policy',
      'NewerReadOnlyAccess',
      'AWS can, the sandbox cannot: Custom::Asked',
    ],
    ['is refused where its role has known policies', 'service-role/AWSLambdaBasicExecutionRole', asked],
  ])('on a call that is denied %s', async (_, policy, expected) => {
    const managed = { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${policy}`] };
    const list = { service: 's3', method: 'GET', path: '/mine' };
    expect(await outcomeAs(withProperties(role('function', lambda), managed), list)).toContain(expected);
  });

  test.each<[string, Call, JsonObject, number]>([
    ['its role may not reach an opaque table', getItem, allow('dynamodb:PutItem'), 400],
    ['its role may not call an opaque function', invoke('snake'), allow('s3:*'), 403],
    ['a call is signed with another secret', { ...getItem, secret: 'another' }, allow('*'), 400],
    ['a function is not there', invoke('missing'), allow('*'), 404],
    ['a bucket is not there', { service: 's3', method: 'GET', path: '/other' }, allow('*'), 404],
  ])('because %s is refused', async (_, call, may, status) => {
    expect(await outcomeOf(call, may)).toContain(`${asked}: got ${status}`);
  });
});
