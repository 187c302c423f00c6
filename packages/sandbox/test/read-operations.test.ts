import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatementJson } from '@crosswind/iam/policy-document';
import { openSandbox, type Sandbox } from '../src/sandbox.ts';
import { type Signing, sendSigned, type TestRequest } from './signed-request.ts';

const account = '333333333333';
const policyArn = `arn:aws:iam::${account}:policy/guard`;
const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const connectionArn = `arn:aws:codeconnections:us-east-1:${account}:connection/one`;
const sinkArn = `arn:aws:oam:us-east-1:${account}:sink/abc`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({
    quotas: { accounts: { [account]: { lambdaConcurrency: 50, applied: { 'codebuild/L-9D07B6EF': 0 } } } },
  });
  for (const version of ['one', 'two', 'two', 'three', 'four', 'five', 'six']) {
    const statement: StatementJson = { Sid: version, Effect: 'Deny', Action: 's3:*', Resource: '*' };
    sandbox.identities.setManagedPolicy(policyArn, { name: 'guard', document: { Statement: [statement] } });
  }
  sandbox.topics.set(topicArn, { properties: {} });
  for (const [protocol, endpoint] of [
    ['email', 'a@example.com'],
    ['sqs', `arn:aws:sqs:us-east-1:${account}:queue`],
  ] as const) {
    sandbox.topics.subscribe(topicArn, { protocol, endpoint });
  }
  sandbox.connections.set({ arn: connectionArn, name: 'one', provider: 'GitHub', status: 'PENDING' });
  sandbox.observability.sinks = [{ arn: sinkArn, name: 'sink', account, region: 'us-east-1', properties: {} }];
});
afterAll(() => sandbox.close());

interface Asked extends Omit<TestRequest, 'url'> {
  readonly service: string;
  readonly action: string;
  readonly path?: string;
  /** @default 'us-east-1' */
  readonly region?: string;
}

const query = (service: string, Version: string, Action: string, fields: Readonly<Record<string, string>>): Asked => ({
  ...{ service, action: `${service}:${Action}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  body: new URLSearchParams({ Action, Version, ...fields }).toString(),
});
const oam = (operation: string, body: object): Asked => ({
  ...{ service: 'oam', action: `oam:${operation}`, path: `/${operation}`, body: JSON.stringify(body) },
});
const connection = (ConnectionArn: string): Asked => ({
  ...{ service: 'codeconnections', action: 'codeconnections:GetConnection' },
  headers: { 'x-amz-target': 'com.amazonaws.codeconnections.CodeConnections_20231201.GetConnection' },
  body: JSON.stringify({ ConnectionArn }),
});
const version = (VersionId: string): Asked =>
  query('iam', '2010-05-08', 'GetPolicyVersion', { PolicyArn: policyArn, VersionId });
const quota = (action: string, ServiceCode: string, QuotaCode: string, region?: string): Asked => ({
  ...{ service: 'servicequotas', action: `servicequotas:${action}`, region },
  headers: { 'x-amz-target': `ServiceQuotasV20190624.${action}` },
  body: JSON.stringify({ ServiceCode, QuotaCode }),
});
const settings: Asked = {
  ...{ service: 'lambda', action: 'lambda:GetAccountSettings', method: 'GET', path: '/2016-08-19/account-settings' },
};

/** Asks as a role that may do only what is named. */
async function ask({ service, path = '/', region, ...request }: Asked, allowed: string) {
  const arn = `arn:aws:iam::${account}:role/reader`;
  const role = sandbox.identities.addRole({ arn, name: 'reader', account, trust: { Statement: [] } });
  role.policies.push({ name: 'p', document: { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/reader/test`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
  const signing: Signing = { credentials, service, region };
  const response = await sendSigned({ ...request, url: `${sandbox.endpointUrl}${path}` }, signing);
  return { status: response.status, text: await response.text() };
}

const cases: readonly (readonly [name: string, asked: Asked, answer: string])[] = [
  ['the concurrency of an account', settings, '"ConcurrentExecutions":50'],
  [
    'the default version of a policy',
    query('iam', '2010-05-08', 'GetPolicy', { PolicyArn: policyArn }),
    '<DefaultVersionId>v6<',
  ],
  ['a version of a policy', version('v2'), encodeURIComponent('"Sid":"two"')],
  [
    'a subscription that waits',
    query('sns', '2010-03-31', 'ListSubscriptionsByTopic', { TopicArn: topicArn }),
    '<SubscriptionArn>PendingConfirmation<',
  ],
  [
    'a subscription that is confirmed',
    query('sns', '2010-03-31', 'ListSubscriptionsByTopic', { TopicArn: topicArn }),
    `<SubscriptionArn>${topicArn}:`,
  ],
  ['the status of a connection', connection(connectionArn), '"ConnectionStatus":"PENDING"'],
  ['the sinks of an account', oam('ListSinks', {}), sinkArn],
  ['a sink', oam('GetSink', { Identifier: sinkArn }), '"Name":"sink"'],
  ['a quota that is applied', quota('GetServiceQuota', 'codebuild', 'L-9D07B6EF'), '"Value":0,'],
  ['the concurrency as a quota', quota('GetServiceQuota', 'lambda', 'L-B99A9384'), '"Value":50,'],
  ['the usual value of a quota', quota('GetAWSDefaultServiceQuota', 'codebuild', 'L-9D07B6EF'), '"Value":1,'],
  ['a global quota', quota('GetAWSDefaultServiceQuota', 'iam', 'L-FE177D64'), '"GlobalQuota":true'],
  ['no links', oam('ListLinks', {}), '"Items":[]'],
];

describe('operations that read an account', () => {
  test.each(cases)('answer %s to who may ask, and deny the others', async (_, asked, answer) => {
    const { status, text } = await ask(asked, asked.action);
    expect(text).toContain(answer);
    expect(status).toBe(200);
    const denied = await ask(asked, 's3:GetObject');
    expect(denied.text).toContain(`not authorized to perform: ${asked.action}`);
    expect([400, 403]).toContain(denied.status);
  });

  test.each([
    ['a version that IAM has deleted, because it keeps five', version('v1'), 404, 'NoSuchEntity'],
    ['a policy', query('iam', '2010-05-08', 'GetPolicy', { PolicyArn: `${policyArn}s` }), 404, 'NoSuchEntity'],
    ['a topic', query('sns', '2010-03-31', 'ListSubscriptionsByTopic', { TopicArn: `${topicArn}s` }), 404, 'NotFound'],
    ['a connection', connection(`${connectionArn}s`), 400, 'ResourceNotFoundException'],
    ['a sink', oam('GetSink', { Identifier: `${sinkArn}s` }), 404, 'there is no sink'],
    ['an applied value', quota('GetServiceQuota', 'iam', 'L-FE177D64'), 400, 'NoSuchResourceException'],
    ['a quota', quota('GetAWSDefaultServiceQuota', 'iam', 'L-00000000'), 400, 'NoSuchResourceException'],
    [
      'a global quota, in another region,',
      quota('GetAWSDefaultServiceQuota', 'iam', 'L-FE177D64', 'eu-west-1'),
      ...([400, 'NoSuchResourceException'] as const),
    ],
    ['the name of a sink', oam('GetSink', {}), 400, 'Identifier is missing'],
  ] as const)('say where %s is not there', async (_, asked, expected, answer) => {
    const { status, text } = await ask(asked, asked.action);
    expect(text).toContain(answer);
    expect(status).toBe(expected);
  });
});
