import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox, SandboxProps } from '../../src/sandbox.ts';
import type { InvocationResult } from '../../src/lambda/execution-environment.ts';
import {
  allow,
  arnOf,
  bucket,
  lambda,
  lambdaFunction,
  logGroup,
  now,
  role,
  sandboxWith,
} from '../../src/testing/literals.ts';

const account = '444444444444';
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:tried`;
const logGroupArn = `arn:aws:logs:us-east-1:${account}:log-group:tried-logs:*`;

interface Tried {
  readonly code: string;
  /** Statements of the function's role. */
  readonly may?: readonly JsonObject[];
  readonly properties?: JsonObject;
  readonly props?: SandboxProps;
}

/** A sandbox with the function `tried`, the bucket `theirs` and the log group `tried-logs`. */
const sandboxFor = ({ code, may = [], properties, props }: Tried): Promise<Sandbox> =>
  sandboxWith(
    [
      {
        account,
        resources: {
          FunctionRole: role('function', lambda, ...may),
          Tried: lambdaFunction('tried', code, properties),
          Bucket: bucket('theirs'),
          Logs: logGroup('tried-logs'),
        },
      },
    ],
    props,
  );

const invoke = (cloud: Sandbox, event: unknown = {}): Promise<InvocationResult> =>
  cloud.functions.invoke(functionArn, JSON.stringify(event), () => undefined);

async function payloadOf(invoked: Promise<InvocationResult>): Promise<unknown> {
  const result = await invoked;
  return result.ok ? (JSON.parse(result.payload) as unknown) : result.error;
}

describe('a function', () => {
  test('that was not deployed cannot be invoked', async () => {
    const sandbox = await sandboxFor({ code: 'export const handler = () => 1;' });
    expect(sandbox.functions.has(functionArn)).toBe(true);
    expect(sandbox.functions.has(`${functionArn}-of-nobody`)).toBe(false);
    await expect(sandbox.functions.invoke(`${functionArn}-of-nobody`, '{}', () => undefined)).rejects.toThrow(
      `there is no function ${functionArn}-of-nobody`,
    );
  });

  test('has the variables that Lambda sets, its own, and nothing of this machine', async () => {
    const properties = { MemorySize: 256, Environment: { Variables: { COLOUR: 'blue' } } };
    const sandbox = await sandboxFor({ code: 'export const handler = () => process.env;', properties });
    const environment = await payloadOf(invoke(sandbox));
    expect(environment).toEqual({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/) as unknown,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: sandbox.endpointUrl,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      TZ: ':UTC',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_NAME: 'tried',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/tried',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^2026\/01\/02\/\[\$LATEST\][0-9a-f]{32}$/) as unknown,
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_SECRET_ACCESS_KEY: expect.any(String) as unknown,
      AWS_SESSION_TOKEN: expect.stringMatching(/^simulated-/) as unknown,
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      COLOUR: 'blue',
    });
  });

  test('has the credentials of its role, which the sandbox recognises', async () => {
    const sandbox = await sandboxFor({ code: 'export const handler = () => process.env;' });
    const environment = (await payloadOf(invoke(sandbox))) as Record<string, string>;
    const {
      AWS_ACCESS_KEY_ID: id = '',
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: token,
    } = environment;
    expect(sandbox.sessions.authenticate(id, token)).toEqual({
      ok: true,
      session: {
        kind: 'role',
        roleArn: `arn:aws:iam::${account}:role/function`,
        sessionArn: `arn:aws:sts::${account}:assumed-role/function/tried`,
        account,
      },
      secretAccessKey,
    });
  });
});

describe('the SDK in a function', () => {
  const code = `
    import { createRequire } from 'node:module';
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
    export const handler = async (event) => {
      const client = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
      await client.send(new PutObjectCommand({ Bucket: 'theirs', Key: 'greeting.txt', Body: event.text }));
      return 'written';
    };`;

  test('reaches the S3 of the sandbox as the role of the function', async () => {
    const sandbox = await sandboxFor({ code, may: [allow('s3:PutObject', 'arn:aws:s3:::theirs/*')] });
    expect(await payloadOf(invoke(sandbox, { text: 'hello' }))).toBe('written');
    expect((await sandbox.storage.inspect({ bucket: 'theirs', key: 'greeting.txt' }))?.toString()).toBe('hello');
  });

  test('is refused there what the role may not do', async () => {
    const sandbox = await sandboxFor({ code, may: [allow('s3:GetObject', 'arn:aws:s3:::theirs/*')] });
    expect(await payloadOf(invoke(sandbox, { text: 'hello' }))).toMatchObject({
      errorType: 'AccessDenied',
      errorMessage: `User: arn:aws:sts::${account}:assumed-role/function/tried is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::theirs/greeting.txt" because no identity-based policy allows the s3:PutObject action`,
    });
    expect(await sandbox.storage.inspect({ bucket: 'theirs', key: 'greeting.txt' })).toBeUndefined();
  });
});

describe('a payload', () => {
  const sizeOf = { code: 'export const handler = ({ text }) => text.length;' };
  const limit = 6 * 1024 * 1024;
  const around = '{"text":""}'.length;

  test('of 6 MB is taken', async () => {
    const sandbox = await sandboxFor(sizeOf);
    expect(await payloadOf(invoke(sandbox, { text: 'x'.repeat(limit - around) }))).toBe(limit - around);
  });

  test('above 6 MB is refused before the function begins', async () => {
    const sandbox = await sandboxFor(sizeOf);
    let begun = false;
    const event = JSON.stringify({ text: 'x'.repeat(limit - around + 1) });
    const result = await sandbox.functions.invoke(functionArn, event, () => (begun = true));
    expect(result).toMatchObject({
      ok: false,
      error: { errorType: 'Lambda.RequestTooLargeException', errorMessage: 'payload above 6291456 bytes' },
    });
    expect(begun).toBe(false);
  });
});

describe('killed while it runs', () => {
  test('ends as a runtime that exited, and the next invocation has another environment', async () => {
    const code =
      'export const handler = ({ wait }) => new Promise((done) => setTimeout(() => done(process.pid), wait));';
    const sandbox = await sandboxFor({ code });
    const { functions } = sandbox;
    expect(functions.kill(() => 0)).toBe(false);
    const invoked = invoke(sandbox, { wait: 60_000 });
    expect(functions.kill((running) => running - 1)).toBe(true);
    expect(await payloadOf(invoked)).toMatchObject({ errorType: 'Runtime.ExitError' });
    const next = await payloadOf(invoke(sandbox, { wait: 0 }));
    expect(next).toEqual(expect.any(Number));
    expect(await payloadOf(invoke(sandbox, { wait: 0 }))).toBe(next);
  });
});

describe('with first attempts crashed', () => {
  const echo = 'export const handler = (event) => event;';
  const outcome = async (sandbox: Sandbox, event: unknown): Promise<string> => {
    const result = await invoke(sandbox, event);
    return result.ok ? result.payload : result.error.errorType;
  };

  test('the first attempt at each event dies, every later one does not', async () => {
    const sandbox = await sandboxFor({ code: echo, props: { crashFirstAttempts: true } });
    const outcomes = [];
    for (const event of [1, 1, 2, 1, 2]) outcomes.push(await outcome(sandbox, event));
    expect(outcomes).toEqual(['Runtime.ExitError', '1', 'Runtime.ExitError', '1', '2']);
  });

  test('but not otherwise', async () => {
    const sandbox = await sandboxFor({ code: echo });
    expect(await outcome(sandbox, 1)).toBe('1');
  });
});

describe('logs', () => {
  const create = allow('logs:CreateLogStream', logGroupArn.replace(/\*$/, 'log-stream:*'));
  const put = allow('logs:PutLogEvents', logGroupArn.replace(/\*$/, 'log-stream:*'));
  const code = 'export const handler = (n) => { console.log("line", n); return n; };';
  const properties = { LoggingConfig: { LogGroup: 'tried-logs' } };

  test.each([
    ['both permissions: every line is written', [create, put], ['line 1', 'line 2']],
    ['no permission: nothing is written', [], []],
    ['no permission to write: nothing is written', [create], []],
    ['no permission to open a stream: nothing is written, warm or cold', [put], []],
    [
      'permissions for another log group: nothing is written',
      [allow('logs:*', 'arn:aws:logs:*:*:log-group:other:*')],
      [],
    ],
  ])('%s', async (_, may, lines) => {
    const sandbox = await sandboxFor({ code, may, properties });
    expect(await payloadOf(invoke(sandbox, 1))).toBe(1);
    expect(await payloadOf(invoke(sandbox, 2))).toBe(2);
    const own = sandbox.logGroups.lines(logGroupArn).filter((line) => line.includes('\tINFO\t'));
    // Both began at the same virtual time.
    expect(own.map((line) => line.split('\t').at(-1)).sort()).toEqual(lines);
  });

  test('are asked for permission as the role: a stream once, lines every time', async () => {
    const sandbox = await sandboxFor({ code, may: [create, put], properties });
    await invoke(sandbox, 1);
    await invoke(sandbox, 2);
    expect(sandbox.decisions.allowed()).toMatchObject({ 'logs:CreateLogStream': 1, 'logs:PutLogEvents': 2 });
  });

  test('have the lines of Lambda around those of the function, in virtual time', async () => {
    const sandbox = await sandboxFor({ code, may: [create, put], properties });
    await invoke(sandbox, 1);
    const events = sandbox.logGroups.get(logGroupArn)?.events(now) ?? [];
    expect(events.map(({ message }) => message().replace(/\d+\.\d\d/, '0'))).toEqual([
      'START RequestId: 00000000-0000-4000-8000-000000000001 Version: $LATEST',
      expect.stringMatching(/^2026-01-02T03:04:0.*Z\t00000000-0000-4000-8000-000000000001\tINFO\tline 1$/),
      'END RequestId: 00000000-0000-4000-8000-000000000001',
      expect.stringMatching(/^REPORT .*\tDuration: 0 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB$/),
    ]);
    expect(events[0]?.timestamp).toBe(now);
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(1);
  });

  test('are JSON for a function that asks for it, from its level on', async () => {
    const levels = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'INFO' };
    const sandbox = await sandboxFor({
      code: 'export const handler = () => { console.info("quiet"); console.error("loud", new TypeError("no")); };',
      may: [create, put],
      properties: { LoggingConfig: { LogGroup: 'tried-logs', ...levels } },
    });
    await invoke(sandbox);
    const lines = sandbox.logGroups.lines(logGroupArn).map((line) => JSON.parse(line) as JsonObject);
    expect(lines).toMatchObject([
      { type: 'platform.start' },
      { level: 'ERROR', message: expect.stringMatching(/^loud TypeError: no/) as unknown, errorType: 'TypeError' },
      { type: 'platform.report', record: { status: 'success' } },
    ]);
  });

  test('have a text of several lines as one event', async () => {
    const several = 'export const handler = () => { console.log("one\\ntwo"); };';
    const sandbox = await sandboxFor({ code: several, may: [create, put], properties });
    await invoke(sandbox);
    expect(sandbox.logGroups.lines(logGroupArn)[1]).toMatch(/\tINFO\tone\ntwo$/);
  });

  test.each([
    ['the console', 'console.log(JSON.stringify(metrics))', ['Weather']],
    ['a writer of its own', 'process.stdout.write(JSON.stringify(metrics) + "\\n")', ['Weather']],
    ['a console that makes it no EMF line', 'console.log("metrics:", JSON.stringify(metrics))', []],
  ])('still carry metrics, written by %s', async (_, written, values) => {
    const metrics = `const metrics = { Weather: 3, _aws: { Timestamp: 1, CloudWatchMetrics: [
      { Namespace: 'Crosswind', Dimensions: [[]], Metrics: [{ Name: 'Weather' }] }] } };`;
    const sandbox = await sandboxFor({
      code: `${metrics} export const handler = () => { ${written}; };`,
      may: [create, put],
      properties,
    });
    await invoke(sandbox);
    const found = sandbox.cloudWatch.metrics.of({ account, region: 'us-east-1' });
    expect(found.filter(({ metric }) => metric.namespace === 'Crosswind').map(({ metric }) => metric.name)).toEqual(
      values,
    );
  });

  test('need a log group that the function names', async () => {
    const sandbox = await sandboxFor({ code, may: [create, put] });
    await invoke(sandbox, 1);
    expect(sandbox.logGroups.lines(logGroupArn)).toEqual([]);
    expect(sandbox.decisions.denials()).toEqual([]);
  });
});

describe('traces', () => {
  const code = 'export const handler = () => 1;';

  test.each([
    ['a traced function sends one', { TracingConfig: { Mode: 'Active' } }, { 'xray:PutTraceSegments': 1 }],
    ['another function sends none', {}, {}],
  ])('%s', async (_, properties, allowed) => {
    const sandbox = await sandboxFor({ code, may: [allow('xray:PutTraceSegments')], properties });
    await invoke(sandbox);
    const { 'sts:AssumeRole': assumed, ...others } = sandbox.decisions.allowed();
    expect(assumed).toBe(1);
    expect(others).toEqual(allowed);
  });
});

test('two functions may share a role and are told apart by their sessions', async () => {
  const sandbox = await sandboxWith([
    {
      account,
      resources: {
        FunctionRole: role('function', lambda),
        One: lambdaFunction('one', 'export const handler = () => process.env.AWS_ACCESS_KEY_ID;'),
        Two: lambdaFunction('two', 'export const handler = () => process.env.AWS_ACCESS_KEY_ID;', {
          Role: arnOf('FunctionRole'),
        }),
      },
    },
  ]);
  const keyOf = (name: string): Promise<unknown> =>
    payloadOf(sandbox.functions.invoke(functionArn.replace(/tried$/, name), '{}', () => undefined));
  expect(await keyOf('one')).not.toBe(await keyOf('two'));
});
