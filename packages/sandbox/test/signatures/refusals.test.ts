import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../../src/iam/session-credentials.ts';
import { type Sandbox, openSandbox } from '../../src/sandbox.ts';
import { decodeCbor } from '../../src/protocols/cbor.ts';
import { sendSigned, signedHeaders } from '../signed-request.ts';

const account = '444444444444';
const minute = 60_000;

let sandbox: Sandbox;
let credentials: Credentials;
beforeAll(async () => {
  const managementAccount = account;
  sandbox = await openSandbox({ organization: { id: 'o-one', managementAccount, accounts: [] } });
  const arn = `arn:aws:iam::${account}:role/operator`;
  const role = sandbox.identities.addRole({ arn, name: 'operator', account, trust: { Statement: [] } });
  role.policies.push({ name: 'all', document: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/operator/test`;
  credentials = sandbox.sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
});
afterAll(() => sandbox.close());

/** Settings of a client that make its requests wrong. */
interface Wrong {
  readonly credentials?: Partial<Credentials>;
  readonly systemClockOffset?: number;
}

const settings = ({ credentials: other, systemClockOffset = 0 }: Wrong) => ({
  endpoint: sandbox.endpointUrl,
  region: 'us-east-1',
  credentials: { ...credentials, ...other },
  systemClockOffset,
  maxAttempts: 1,
});

/** One operation of each service, asked by its SDK. */
const asking = {
  'Step Functions': (wrong: Wrong) => new SFNClient(settings(wrong)).send(new ListStateMachinesCommand({})),
  'Systems Manager': (wrong: Wrong) => new SSMClient(settings(wrong)).send(new GetParameterCommand({ Name: 'none' })),
  Organizations: (wrong: Wrong) => new OrganizationsClient(settings(wrong)).send(new DescribeOrganizationCommand({})),
  STS: (wrong: Wrong) => new STSClient(settings(wrong)).send(new GetCallerIdentityCommand({})),
  S3: (wrong: Wrong) => new S3Client(settings(wrong)).send(new ListBucketsCommand({})),
};

type ServiceName = keyof typeof asking;

/** Which error a service gives, and with which status; undefined for an answer. */
async function refusal(service: ServiceName, wrong: Wrong): Promise<readonly [string, number | undefined] | undefined> {
  try {
    await asking[service](wrong);
    return undefined;
  } catch (error) {
    const { name, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    return [name, $metadata?.httpStatusCode];
  }
}

describe('a client with the credentials that it was given', () => {
  test.each<[ServiceName, string | undefined]>([
    ['Step Functions', undefined],
    ['Systems Manager', 'ParameterNotFound'],
    ['Organizations', undefined],
    ['STS', undefined],
    ['S3', undefined],
  ])('is answered by %s', async (service, code) => {
    expect((await refusal(service, {}))?.[0]).toBe(code);
  });
});

describe.each<[string, () => Wrong, Readonly<Record<ServiceName, readonly [string, number]>>]>([
  [
    'without the right secret',
    () => ({ credentials: { secretAccessKey: 'guessed' } }),
    {
      'Step Functions': ['InvalidSignatureException', 400],
      'Systems Manager': ['InvalidSignatureException', 400],
      Organizations: ['InvalidSignatureException', 400],
      STS: ['SignatureDoesNotMatch', 403],
      S3: ['SignatureDoesNotMatch', 403],
    },
  ],
  [
    'with an access key that nobody gave out',
    () => ({ credentials: { accessKeyId: 'ASIA0000000000000000', sessionToken: 'none' } }),
    {
      'Step Functions': ['UnrecognizedClientException', 400],
      'Systems Manager': ['UnrecognizedClientException', 400],
      Organizations: ['UnrecognizedClientException', 400],
      STS: ['InvalidClientTokenId', 403],
      S3: ['InvalidAccessKeyId', 403],
    },
  ],
  [
    'with the token of nobody',
    () => ({ credentials: { sessionToken: 'none' } }),
    {
      'Step Functions': ['UnrecognizedClientException', 400],
      'Systems Manager': ['UnrecognizedClientException', 400],
      Organizations: ['UnrecognizedClientException', 400],
      STS: ['InvalidClientTokenId', 403],
      S3: ['InvalidToken', 400],
    },
  ],
  [
    'whose clock is 16 minutes slow',
    () => ({ systemClockOffset: -16 * minute }),
    {
      'Step Functions': ['InvalidSignatureException', 400],
      'Systems Manager': ['InvalidSignatureException', 400],
      Organizations: ['InvalidSignatureException', 400],
      STS: ['SignatureDoesNotMatch', 403],
      S3: ['RequestTimeTooSkewed', 403],
    },
  ],
])('a client %s', (_, wrong, expected) => {
  test.each(Object.entries(expected))('is turned away by %s', async (service, error) => {
    expect(await refusal(service as ServiceName, wrong())).toEqual(error);
  });
});

describe('a request without a signature is turned away in its own protocol, with an id of the request', () => {
  const target = (name: string) => ({ 'x-amz-target': name });
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const exception = /"(__type|Message)":"(MissingAuthenticationTokenException|Missing Authentication Token)"/;
  const xml = /<ErrorResponse.*<Code>MissingAuthenticationToken<\/Code>.*<RequestId>SIMULATED\d+<\/RequestId>/;
  test.each([
    ['Step Functions', '/', target('AWSStepFunctions.ListStateMachines'), 400, exception],
    ['Organizations', '/', target('AWSOrganizationsV20161128.ListRoots'), 400, exception],
    ['CloudWatch', '/', target('GraniteServiceVersion20100801.ListMetrics'), 400, exception],
    ['STS', '/', form, 403, xml],
    ['Lambda', '/2015-03-31/functions/wind/invocations', {}, 403, exception],
    ['Lambda, about anything', '/2015-03-31/functions', {}, 403, exception],
    ['S3', '/bucket/key', { 'content-type': 'text/plain' }, 501, /<Code>NotImplemented<\/Code>/],
  ])('%s', async (_, path, headers, status, told) => {
    const response = await fetch(`${sandbox.endpointUrl}${path}`, { method: 'POST', headers, body: 'Action=Any' });
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(told)]);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^SIMULATED\d+$/);
  });

  test('CloudWatch, in CBOR', async () => {
    const url = `${sandbox.endpointUrl}/service/GraniteServiceVersion20100801/operation/ListMetrics`;
    const response = await fetch(url, { method: 'POST', headers: { 'smithy-protocol': 'rpc-v2-cbor' } });
    expect(response.status).toBe(400);
    expect(decodeCbor(Buffer.from(await response.arrayBuffer()))).toMatchObject({
      __type: 'MissingAuthenticationTokenException',
    });
  });
});

test.each([
  ['its region', 'Credential=', 'Credential=x/', 'AuthorizationHeaderMalformed', 400],
  ['its signature', 'Signature=', 'Sealed=', 'AuthorizationHeaderMalformed', 400],
  ['a header', 'x-amz-date', 'accept', 'AccessDenied', 403],
])('S3 turns away a request that is signed without %s', async (_, right, wrong, code, status) => {
  const url = `${sandbox.endpointUrl}/`;
  const signing = { credentials, service: 's3' };
  const headers = signedHeaders({ method: 'GET', url }, signing);
  const authorization = (headers['authorization'] ?? '').replace(right, wrong);
  const response = await fetch(url, { headers: { ...headers, authorization } });
  expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
  expect((await sendSigned({ method: 'GET', url }, signing)).status).toBe(200);
});
