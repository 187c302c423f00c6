import { type IncomingMessage, request } from 'node:http';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../src/iam/session-credentials.ts';
import { type Sandbox, openSandbox } from '../src/sandbox.ts';
import type { Role } from '../src/iam/identities.ts';
import { allow, arnOf, lambda, role, stacksOf, stateMachine, states } from '../src/testing/literals.ts';
import { signedHeaders } from './signed-request.ts';

const { numRuns = 0, seed } = fc.readConfigureGlobal();

const mine = '444444444444';
const theirs = '333333333333';
const secret = 'kept-from-everybody-else';

/** Everything that the caller may do; what succeeds beyond it was wrongly allowed. */
const permitted = [
  { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::mine/public/*' },
  { Effect: 'Allow', Action: ['states:ListStateMachines', 'cloudwatch:ListMetrics'], Resource: '*' },
] as const;

let sandbox: Sandbox;
let credentials: Credentials;
let little: Role;
let served: Promise<void>;
const ending = new AbortController();
const code = mkdtempSync(join(tmpdir(), 'crosswind-requests-'));

/** Function that returns the secret to every caller that may invoke it. */
const tells = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'tells',
    Role: arnOf('FunctionRole'),
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: 'assets', S3Key: code },
  },
};

beforeAll(async () => {
  writeFileSync(join(code, 'index.mjs'), `export const handler = () => '${secret}';`);
  const accountOf = { id: mine, name: secret, email: 'mine@example.com', unit: '' };
  sandbox = await openSandbox({ organization: { id: 'o-tried12345', managementAccount: mine, accounts: [accountOf] } });
  const machine = (account: string) => ({
    account,
    resources: {
      MachineRole: role('machine-role', states, allow('s3:*')),
      Machine: stateMachine('machine', { Wait: { Type: 'Pass', Output: secret, End: true } }),
      FunctionRole: role('function-role', lambda),
      Tells: tells,
      Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/secret', Type: 'String', Value: secret } },
    },
  });
  for (const stack of stacksOf(machine(mine), machine(theirs))) await sandbox.deploy(stack);
  const { identities, sessions, storage } = sandbox;
  const arn = `arn:aws:iam::${mine}:role/little`;
  little = identities.addRole({ arn, name: 'little', account: mine, trust: { Statement: [] } });
  little.policies.push({ name: 'little', document: { Statement: permitted } });
  const sessionArn = `arn:aws:sts::${mine}:assumed-role/little/test`;
  credentials = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account: mine });
  for (const [name, account] of [
    ['mine', mine],
    ['theirs', theirs],
  ] as const) {
    storage.createBucket({ name, account, region: 'us-east-1' });
    storage.seed({ bucket: name, key: 'private/wind.csv' }, Buffer.from(secret));
    storage.seed({ bucket: name, key: 'public/wind.csv' }, Buffer.from(name === 'mine' ? 'knots' : secret));
  }
  for (const account of [mine, theirs]) {
    const stateMachineArn = `arn:aws:states:us-east-1:${account}:stateMachine:machine`;
    sandbox.executions.start({ stateMachineArn, name: 'run', input: { secret } });
  }
  await sandbox.simulation.run(() => false);
  served = sandbox.simulation.serve(ending.signal);
});
afterAll(async () => {
  ending.abort();
  await served;
  await sandbox.close();
  rmSync(code, { recursive: true });
});

interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
  /** How the signature is spoiled, if it is. */
  readonly spoil: 'no' | 'secret' | 'token' | 'none' | 'half';
}

const accounts = fc.constantFrom(mine, theirs);
const arns = fc
  .tuple(
    accounts,
    fc.constantFrom(
      'stateMachine:machine',
      'execution:machine:run',
      'execution:machine',
      'mapRun:machine/x:1',
      'activity:a',
      '',
    ),
  )
  .map(([account, rest]) => `arn:aws:states:us-east-1:${account}:${rest}`);
const word = fc.oneof(
  arns,
  fc.constantFrom('machine', 'run', 'mine', 'theirs', 'private/wind.csv', '*', '..', '../../etc/passwd', '__proto__'),
  fc.string(),
);
const functionNames = fc
  .tuple(accounts, fc.constantFrom('tells', 'tells:$LATEST', 'tells:1', 'machine', ''))
  .chain(([account, name]) =>
    fc.constantFrom(name, `${account}:${name}`, `arn:aws:lambda:us-east-1:${account}:function:${name}`),
  );
const value: fc.Arbitrary<unknown> = fc.oneof({ weight: 4, arbitrary: word }, fc.jsonValue({ maxDepth: 2 }));
const json = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .dictionary(
        fc.constantFrom(
          ...[
            'executionArn',
            'stateMachineArn',
            'mapRunArn',
            'resource',
            'name',
            'input',
            'nextToken',
            'maxResults',
            'taskToken',
            'output',
          ],
          ...[
            'definition',
            'clientToken',
            'AlarmNames',
            'Namespace',
            'MetricName',
            'DashboardName',
            'MetricDataQueries',
            'StartTime',
            'EndTime',
            '__proto__',
          ],
        ),
        value,
      )
      .map((body) => JSON.stringify(body)),
  },
  fc.json(),
  fc.string(),
);

const operations = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...[
        'ListStateMachines',
        'DescribeStateMachine',
        'StartExecution',
        'StopExecution',
        'DescribeExecution',
        'ListExecutions',
      ],
      ...[
        'GetExecutionHistory',
        'ListMapRuns',
        'DescribeMapRun',
        'RedriveExecution',
        'UpdateMapRun',
        'ValidateStateMachineDefinition',
      ],
      ...[
        'SendTaskSuccess',
        'SendTaskFailure',
        'SendTaskHeartbeat',
        'GetActivityTask',
        'ListActivities',
        'DescribeActivity',
      ],
      ...['DeleteStateMachine', 'constructor', '__proto__'],
    ),
  },
  fc.string({ unit: 'grapheme-ascii' }),
);

const encoded = fc.oneof(
  fc.constantFrom('public/wind.csv', 'private/wind.csv', '..%2f..%2fetc%2fpasswd', '%00', '%', '', 'a/b'),
  fc.webPath(),
);
const queries = fc.oneof(
  fc.constantFrom(
    '',
    '?list-type=2',
    '?uploads',
    '?uploadId=1&partNumber=1',
    '?delete',
    '?acl',
    '?policy',
    '?location',
    '?versions',
  ),
  fc.webQueryParameters().map((query) => `?${query}`),
);

const invoking = (type: string) => ({ 'x-amz-invocation-type': type });
const parameterArns = [mine, theirs].map((account) => `arn:aws:ssm:us-east-1:${account}:parameter/secret`);

const hostile: fc.Arbitrary<Hostile> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        service: fc.constant('states'),
        method: fc.constant('POST'),
        path: fc.constant('/'),
        body: json,
        headers: operations.map((name) => ({
          'x-amz-target': `AWSStepFunctions.${name}`,
          'content-type': 'application/x-amz-json-1.0',
        })),
      }),
    },
    fc.record({
      service: fc.constant('monitoring'),
      method: fc.constant('POST'),
      path: fc.constant('/'),
      body: json,
      headers: fc
        .constantFrom('GetMetricData', 'ListMetrics', 'DescribeAlarms', 'GetDashboard', 'PutMetricData')
        .map((name) => ({ 'x-amz-target': `GraniteServiceVersion20100801.${name}` })),
    }),
    {
      weight: 4,
      arbitrary: fc.record({
        service: fc.constant('s3'),
        method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'),
        path: fc
          .tuple(fc.constantFrom('/mine/', '/theirs/', '/', '/none/'), encoded, queries)
          .map((parts) => parts.join('')),
        headers: fc.oneof(
          fc.constant({}),
          fc.constantFrom<Readonly<Record<string, string>>>(
            { range: 'bytes=0-3' },
            { range: 'bytes=9-1' },
            { 'x-amz-copy-source': '/theirs/private/wind.csv' },
            { 'x-amz-copy-source': 'mine/private/wind.csv' },
            { 'if-match': '"x"' },
            { 'x-amz-decoded-content-length': '-1' },
            { 'content-md5': 'x' },
            { 'x-amz-checksum-crc32': 'x' },
          ),
        ),
        body: fc.oneof(
          fc.constantFrom(
            '',
            '<Delete><Object><Key>private/wind.csv</Key></Object></Delete>',
            '<a',
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
          ),
          fc.string(),
        ),
      }),
    },
    fc.record({
      service: fc.constant('ssm'),
      method: fc.constant('POST'),
      path: fc.constant('/'),
      body: fc.oneof(
        fc
          .record({ Name: fc.oneof(fc.constantFrom('/secret', 'secret', ...parameterArns), word) })
          .map((body) => JSON.stringify(body)),
        json,
      ),
      headers: fc
        .constantFrom('GetParameter', 'GetParameters', 'PutParameter', '__proto__')
        .map((name) => ({ 'x-amz-target': `AmazonSSM.${name}` })),
    }),
    fc.record({
      service: fc.constant('organizations'),
      method: fc.constant('POST'),
      path: fc.constant('/'),
      body: fc.oneof(
        fc.record({ ParentId: word, NextToken: word }, { requiredKeys: [] }).map((body) => JSON.stringify(body)),
        json,
      ),
      headers: fc
        .constantFrom('DescribeOrganization', 'ListRoots', 'ListAccountsForParent', 'CloseAccount', '__proto__')
        .map((name) => ({ 'x-amz-target': `AWSOrganizationsV20161128.${name}` })),
    }),
    fc.record({
      service: fc.constant('lambda'),
      method: fc.constantFrom('POST', 'GET'),
      headers: fc.constantFrom<Readonly<Record<string, string>>>({}, invoking('Event'), invoking('DryRun')),
      body: json,
      path: fc
        .oneof(functionNames, word, fc.string())
        .map((name) => `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`),
    }),
    fc.record({
      service: fc.constant('sts'),
      method: fc.constant('POST'),
      path: fc.constant('/'),
      headers: fc.constant({ 'content-type': 'application/x-www-form-urlencoded' }),
      body: fc
        .tuple(fc.constantFrom('AssumeRole', 'GetSessionToken', 'x'), accounts, word)
        .map(
          ([action, account, name]) =>
            `Action=${action}&Version=2011-06-15&RoleArn=arn:aws:iam::${account}:role/machine-role&RoleSessionName=${encodeURIComponent(name)}`,
        ),
    }),
  )
  .chain((asked) =>
    fc
      .constantFrom(
        'no' as const,
        'no' as const,
        'no' as const,
        'secret' as const,
        'token' as const,
        'none' as const,
        'half' as const,
      )
      .map((spoil) => ({ ...asked, spoil })),
  );

/** Sends a request as it is, its signature over it as good as `spoil` leaves it. */
async function send({
  method,
  path,
  headers,
  body,
  service,
  spoil,
}: Hostile): Promise<{ readonly status: number; readonly answer: string }> {
  const { hostname, port, host } = new URL(sandbox.endpointUrl);
  const used = {
    ...credentials,
    ...(spoil === 'secret' && { secretAccessKey: 'x' }),
    ...(spoil === 'token' && { sessionToken: 'x' }),
  };
  const sent = { method, url: `http://${host}${path}`, headers, body };
  const signed = spoil === 'none' ? headers : signedHeaders(sent, { credentials: used, service });
  const all = {
    ...signed,
    ...(spoil === 'half' && { authorization: (signed['authorization'] ?? '').slice(0, 60) }),
    'content-length': String(Buffer.byteLength(body)),
  };
  const { pathname, search } = new URL(sent.url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: pathname + search, headers: all, timeout: 10_000 },
      resolve,
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within ten seconds')));
    outgoing.on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, answer: await text(response) };
}

/** All that the caller may not change. */
const world = (): unknown => ({
  objects: ['mine', 'theirs'].map((name) => [...(sandbox.storage.bucket(name)?.objects.keys() ?? [])]),
  executions: [mine, theirs].map(
    (account) => sandbox.executions.of(`arn:aws:states:us-east-1:${account}:stateMachine:machine`).length,
  ),
});

const isPermitted = ({ service, method, path, headers, spoil }: Hostile): boolean => {
  // DeleteObjects succeeds and reports denied keys one by one. A request without a signature is anonymous.
  const deletes = service === 's3' && method === 'POST' && /^\/(mine|theirs)\/*\?delete$/.test(path);
  if (deletes && ['no', 'none'].includes(spoil)) return true;
  if (spoil !== 'no') return false;
  if (service === 's3') return ['GET', 'HEAD'].includes(method) && /^\/mine\/+public\/+wind\.csv/.test(path);
  if (service === 'sts') return false;
  return [
    'AWSStepFunctions.ListStateMachines',
    'AWSStepFunctions.ValidateStateMachineDefinition',
    'GraniteServiceVersion20100801.ListMetrics',
  ].includes(headers['x-amz-target'] ?? '');
};

const jsonCall = (service: string, target: string, body: object) => ({
  service,
  path: '/',
  body: JSON.stringify(body),
  headers: { 'x-amz-target': target },
});

describe(`requests (seed ${seed})`, () => {
  test('of any kind are answered, allow nothing that is not permitted, change nothing, and tell no secret', async () => {
    const before = world();
    const files = readdirSync(tmpdir());
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(hostile, async (asked) => {
        const { status, answer } = await send(asked);
        expect([status, answer]).toEqual([expect.any(Number), expect.not.stringContaining(secret)]);
        expect(status === 500 ? answer : '', 'a failure of the sandbox itself').toBe('');
        if (status < 400) allowed += 1;
        if (status < 400) expect(asked).toSatisfy(isPermitted);
        expect(world()).toEqual(before);
      }),
      { numRuns: 5 * numRuns },
    );
    expect(allowed).toBeGreaterThan(0);
    const added = readdirSync(tmpdir()).filter((name) => !files.includes(name));
    expect(added.filter((name) => /^(passwd|wind\.csv)$/.test(name))).toEqual([]);
  });

  test('that are permitted are served, after all of that', async () => {
    const asked = {
      service: 's3',
      method: 'GET',
      path: '/mine/public/wind.csv',
      headers: {},
      body: '',
      spoil: 'no',
    } as const;
    expect(await send(asked)).toEqual({ status: 200, answer: 'knots' });
  });

  test.each([
    ['Lambda', { service: 'lambda', path: '/2015-03-31/functions/tells/invocations', body: '{}', headers: {} }],
    ['Systems Manager', jsonCall('ssm', 'AmazonSSM.GetParameter', { Name: '/secret' })],
    [
      'Organizations',
      jsonCall('organizations', 'AWSOrganizationsV20161128.ListAccountsForParent', { ParentId: 'r-sim1' }),
    ],
  ])('tell the secret to a caller that %s allows everything', async (_, call) => {
    const asked = { ...call, method: 'POST', spoil: 'no' } as const;
    expect((await send(asked)).answer).not.toContain(secret);
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }] as const;
    little.policies.push({ name: 'everything', document: { Statement } });
    const { answer } = await send(asked).finally(() => little.policies.pop());
    expect(answer).toContain(secret);
  });
});
