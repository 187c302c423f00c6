import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, lambda, lambdaFunction, role, sandboxWith } from '../../../src/testing/literals.ts';
import { sendSigned } from '../../signed-request.ts';
import { serve } from '../../step-functions/api/operator.ts';
import { credentialsAs } from '../../sts/callers.ts';

const account = '444444444444';
const other = '333333333333';
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:tried`;
const mayInvoke = allow('lambda:InvokeFunction', functionArn);

const code = `
  export const handler = async (event) => {
    if (event.fail) throw new TypeError(event.fail);
    console.log('asked for ' + JSON.stringify(event));
    return { echoed: event };
  };`;

interface Sent {
  readonly name?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly region?: string;
  readonly secretAccessKey?: string;
}

/** A function, a caller that may do what the statements say, and a way to ask Lambda. */
async function withFunction(statements: readonly JsonObject[] = [mayInvoke], functionCode = code) {
  const sandbox = await sandboxWith([
    {
      account,
      resources: {
        Tried: lambdaFunction('tried', functionCode),
        FunctionRole: role('function', lambda),
        Operator: role('operator', lambda, ...statements),
      },
    },
  ]);
  serve(sandbox);
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`);
  const ask = async ({
    name = 'tried',
    body = '',
    headers = {},
    method = 'POST',
    region,
    secretAccessKey,
  }: Sent = {}) => {
    const url = `${sandbox.endpointUrl}/2015-03-31/functions/${encodeURIComponent(name).replace('%3F', '?')}/invocations`;
    const asked = {
      method,
      url: url.replace(/(\?[^/]*)\/invocations$/, '/invocations$1').replace('%3D', '='),
      headers,
    };
    const signing = {
      credentials: { ...credentials, ...(secretAccessKey !== undefined && { secretAccessKey }) },
      service: 'lambda',
      region,
    };
    const response = await sendSigned(method === 'GET' ? asked : { ...asked, body }, signing);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return { sandbox, ask };
}

describe('Lambda, asked to invoke a function', () => {
  test.each([
    ['an event', '{"a":1}', { echoed: { a: 1 } }],
    ['no event', '', { echoed: {} }],
    ['an event that is no object', '[1]', { echoed: [1] }],
  ])('answers with what it returns for %s', async (_, body, expected) => {
    const { ask } = await withFunction();
    const answered = await ask({ body });
    expect([answered.status, JSON.parse(answered.body)]).toEqual([200, expected]);
    expect(answered.headers.get('x-amz-executed-version')).toBe('$LATEST');
    expect(answered.headers.get('x-amz-function-error')).toBeNull();
    expect(answered.headers.get('x-amz-log-result')).toBeNull();
  });

  test.each([
    ['ARN', functionArn],
    ['partial ARN', `${account}:function:tried`],
    ['name with the latest version', 'tried:$LATEST', allow('lambda:InvokeFunction', `${functionArn}:$LATEST`)],
  ])('knows it by its %s', async (_, name, statement = mayInvoke) => {
    const { ask } = await withFunction([statement]);
    expect((await ask({ name })).status).toBe(200);
  });

  test('says that it failed, with what it threw', async () => {
    const { ask } = await withFunction();
    const { status, headers, body } = await ask({ body: '{"fail":"out of wind"}' });
    expect([status, headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(JSON.parse(body)).toMatchObject({ errorType: 'TypeError', errorMessage: 'out of wind' });
  });

  test('gives the end of the log to whoever asks for it', async () => {
    const { ask } = await withFunction();
    const { headers } = await ask({ body: `{"a":"${'x'.repeat(5_000)}"}`, headers: { 'x-amz-log-type': 'Tail' } });
    const log = Buffer.from(headers.get('x-amz-log-result') ?? '', 'base64');
    expect(log.byteLength).toBe(4_096);
    expect(log.toString()).toMatch(/^x.*"}\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
  });

  test('lets virtual time pass as long as it runs', async () => {
    const { ask, sandbox } = await withFunction(
      [mayInvoke],
      'export const handler = () => new Promise((done) => setTimeout(done, 200));',
    );
    const before = sandbox.simulation.now();
    await ask();
    expect(sandbox.simulation.now() - before).toBeGreaterThanOrEqual(190);
  });

  test('invokes nothing for a dry run', async () => {
    const { ask, sandbox } = await withFunction();
    const { status, body } = await ask({ body: 'not read', headers: { 'x-amz-invocation-type': 'DryRun' } });
    expect([status, body]).toEqual([204, '']);
    expect(sandbox.decisions.allowed()).toEqual({ 'lambda:InvokeFunction': 1, 'sts:AssumeRole': 2 });
  });
});

describe('Lambda, asked to invoke a function asynchronously', () => {
  const asEvent = { 'x-amz-invocation-type': 'Event' };
  /** Function that writes an object for each attempt, and fails the given number of times. */
  const counting = (failures: number) => `
    let attempts = 0;
    export const handler = async () => {
      attempts += 1;
      globalThis.fetch(process.env.AWS_ENDPOINT_URL + '/attempts/' + attempts, { method: 'PUT', body: 'x' });
      await new Promise((done) => setTimeout(done, 100));
      if (attempts <= ${failures}) throw new Error('again');
    };`;

  const attemptsOf = async (cloud: Sandbox, expected: number): Promise<number> => {
    const count = () => cloud.storage.bucket('attempts')?.objects.size ?? 0;
    for (let wait = 0; wait < 100 && count() < expected; wait += 1) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 300));
    return count();
  };

  test.each([
    [0, 1, 0],
    [1, 2, 60_000],
    [9, 3, 180_000],
  ])('answers at once, and after %i failures has invoked it %i times', async (failures, attempts, waited) => {
    const { ask, sandbox } = await withFunction([mayInvoke], counting(failures));
    const cloud = sandbox;
    cloud.storage.createBucket({ name: 'attempts', account, region: 'us-east-1' });
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::attempts/*',
    } as const;
    cloud.identities.setResourcePolicy('arn:aws:s3:::attempts', { name: 'drop', document: { Statement: statement } });
    const before = cloud.simulation.now();
    const { status, body } = await ask({ headers: asEvent });
    expect([status, body]).toEqual([202, '']);
    expect(await attemptsOf(sandbox, attempts)).toBe(attempts);
    expect(cloud.simulation.now() - before).toBeGreaterThanOrEqual(waited);
  });

  test('takes a megabyte of event, and no more', async () => {
    const { ask } = await withFunction();
    const text = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect((await ask({ headers: asEvent, body: text(1_048_576) })).status).toBe(202);
    expect(await ask({ headers: asEvent, body: text(1_048_577) })).toMatchObject({ status: 413 });
  });
});

describe('Lambda refuses', () => {
  const denied = (resource: string, kind: string): string =>
    `User: arn:aws:sts::${account}:assumed-role/operator/session is not authorized to perform: lambda:InvokeFunction on resource: ${resource} because no ${kind} policy allows the lambda:InvokeFunction action`;

  test.each<[string, Sent, number, string, string]>([
    [
      'a function that is not there',
      { name: 'none' },
      404,
      'ResourceNotFoundException',
      'Function not found: arn:aws:lambda:us-east-1:444444444444:function:none',
    ],
    [
      'a version that is not there',
      { name: 'tried:7' },
      404,
      'ResourceNotFoundException',
      `Function not found: ${functionArn}:7`,
    ],
    [
      'a function of another region',
      { name: functionArn, region: 'eu-west-1' },
      404,
      'ResourceNotFoundException',
      "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
    ],
    [
      'a function of another account',
      { name: functionArn.replace(account, other) },
      403,
      'AccessDeniedException',
      denied(functionArn.replace(account, other), 'resource-based'),
    ],
    [
      'what is no name of a function',
      { name: '../../x' },
      400,
      'ValidationException',
      "Value '../../x' at 'functionName'",
    ],
    [
      'a qualifier that contradicts the name',
      { name: 'tried:1?Qualifier=2' },
      400,
      'InvalidParameterValueException',
      'derived qualifier',
    ],
    [
      'half an event',
      { body: '{"a":' },
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json',
    ],
    ['too long an event', { body: `"${'x'.repeat(6_291_455)}"` }, 413, 'RequestTooLargeException', '6291456 bytes'],
    [
      'another invocation type',
      { headers: { 'x-amz-invocation-type': 'Later' } },
      400,
      'ValidationException',
      "Value 'Later' at 'invocationType'",
    ],
    [
      'a client context',
      { headers: { 'x-amz-client-context': 'e30=' } },
      501,
      'NotImplemented',
      'Invoke with header x-amz-client-context',
    ],
    [
      'every other operation',
      { method: 'GET' },
      404,
      'UnknownOperationException',
      'does not know GET /2015-03-31/functions/tried/invocations',
    ],
    ['a wrong signature', { secretAccessKey: 'guessed' }, 403, 'InvalidSignatureException', 'does not match'],
  ])('%s', async (_, sent, status, code, message) => {
    const { ask } = await withFunction([allow('lambda:InvokeFunction', '*')]);
    const answered = await ask(sent);
    expect([answered.status, answered.headers.get('x-amzn-errortype')]).toEqual([status, code]);
    expect((JSON.parse(answered.body) as { message: string }).message).toContain(message);
    expect((await ask()).status).toBe(200);
  });

  test('whoever may not invoke it, whether it is there or not', async () => {
    const { ask } = await withFunction([]);
    for (const name of ['tried', 'none']) {
      const answered = await ask({ name });
      expect([answered.status, answered.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
      expect(answered.body).toContain(
        JSON.stringify(denied(functionArn.replace('tried', name), 'identity-based')).slice(1, -1),
      );
    }
  });

  test('who did not sign', async () => {
    const { sandbox } = await withFunction();
    const authorization = 'AWS4-HMAC-SHA256 Credential=x/20260102/us-east-1/lambda/aws4_request';
    const response = await fetch(`${sandbox.endpointUrl}/2015-03-31/functions/tried/invocations`, {
      method: 'POST',
      headers: { authorization },
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'IncompleteSignatureException']);
  });
});
