import { afterEach, describe, expect, test } from 'vitest';
import type { FunctionResource } from '@crosswind/assembly/functions';
import {
  ExecutionEnvironment,
  type Invocation,
  type InvocationResult,
} from '../../src/lambda/execution-environment.ts';
import { functionWith } from './function-with.ts';
import { isRunning } from './is-running.ts';

const opened: ExecutionEnvironment[] = [];
const logs = new Map<ExecutionEnvironment, string>();

afterEach(() => {
  for (const environment of opened.splice(0)) environment.end();
});

function environmentOf(code: string, fn: Partial<FunctionResource> = {}, variables: Record<string, string> = {}) {
  const environment = new ExecutionEnvironment(functionWith(code, fn), variables);
  opened.push(environment);
  const invoke = environment.invoke.bind(environment);
  environment.invoke = (asked) =>
    invoke(asked, (text) => {
      logs.set(environment, `${logs.get(environment) ?? ''}${text}`);
    });
  return environment;
}

/** Text that was logged since the last call. */
function logOf(environment: ExecutionEnvironment): string {
  const log = logs.get(environment) ?? '';
  logs.delete(environment);
  return log;
}

const invocation = (event: unknown, rest: Partial<Invocation> = {}): Invocation => ({
  requestId: 'request-1',
  event: JSON.stringify(event),
  crash: false,
  ...rest,
});

const errorOf = (result: InvocationResult): string =>
  result.ok ? `no error but ${result.payload}` : `${result.error.errorType}: ${result.error.errorMessage}`;

describe('a handler', () => {
  test.each([
    ['a value', 'export const handler = (event) => event.a + 1;', '2'],
    ['a promise', 'export const handler = async ({ a }) => ({ a });', '{"a":1}'],
    ['a promise that takes its time', 'export const handler = () => new Promise((r) => setTimeout(r, 5, "x"));', '"x"'],
    ['nothing', 'export const handler = () => undefined;', 'null'],
    ['what cannot be JSON', 'export const handler = () => () => 1;', 'null'],
  ])('answers with %s', async (_, code, payload) => {
    expect(await environmentOf(code).invoke(invocation({ a: 1 }))).toEqual({ ok: true, payload });
  });

  test('learns from its context who it is, and how much time it has', async () => {
    const code = `export const handler = (_, context) =>
      ({ ...context, remaining: context.getRemainingTimeInMillis(), getRemainingTimeInMillis: undefined });`;
    const result = await environmentOf(code).invoke(invocation({}));
    const context = JSON.parse(result.ok ? result.payload : '{}') as Record<string, unknown>;
    expect(context).toMatchObject({
      awsRequestId: 'request-1',
      functionName: 'tried',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:444444444444:function:tried',
      memoryLimitInMB: '128',
    });
    expect(context['remaining']).toBeGreaterThan(0);
    expect(context['remaining']).toBeLessThanOrEqual(5_000);
  });

  test('sees the variables of its environment and none of this machine', async () => {
    const code = 'export const handler = () => process.env;';
    process.env['CROSSWIND_TEST_SECRET'] = 'of this machine';
    const result = await environmentOf(code, {}, { COLOUR: 'blue' }).invoke(invocation({}));
    delete process.env['CROSSWIND_TEST_SECRET'];
    expect(result).toEqual({ ok: true, payload: '{"COLOUR":"blue"}' });
  });
});

describe('an error', () => {
  test.each([
    ['that is thrown', 'export const handler = () => { throw new TypeError("no"); };', 'TypeError: no'],
    ['that rejects', 'export const handler = async () => { throw new RangeError("no"); };', 'RangeError: no'],
    [
      'with a name of its own',
      'export const handler = () => { throw Object.assign(new Error("no"), { name: "AccessDenied" }); };',
      'AccessDenied: no',
    ],
    ['that is none', 'export const handler = () => { throw "just text"; };', 'Error: just text'],
    ['of the import', 'throw new Error("missing configuration");', 'Runtime.ImportModuleError: missing configuration'],
    ['of the syntax', 'export const = 1;', /^Runtime\.ImportModuleError: /],
    [
      'for want of a handler',
      'export const other = () => 1;',
      'Runtime.HandlerNotFound: handler is undefined or not exported',
    ],
    [
      'for a handler with a callback, which would look as if it returned nothing',
      'export const handler = (event, context, callback) => callback(null, 1);',
      'Sandbox.NotSupported: handler takes a callback, which the sandbox does not support',
    ],
  ])('%s is told with its name and message', async (_, code, expected) => {
    const error = errorOf(await environmentOf(code).invoke(invocation({})));
    if (typeof expected === 'string') expect(error).toBe(expected);
    else expect(error).toMatch(expected);
  });

  test('carries its stack', async () => {
    const code = 'export const handler = function thrower() { throw new Error("no"); };';
    const result = await environmentOf(code).invoke(invocation({}));
    expect(result.ok ? [] : result.error.trace?.[1]).toMatch(/thrower/);
  });

  test('that is thrown leaves the environment warm', async () => {
    const code =
      'let calls = 0; export const handler = ({ bad }) => { calls += 1; if (bad) throw new Error("no"); return calls; };';
    const environment = environmentOf(code);
    expect(errorOf(await environment.invoke(invocation({ bad: true })))).toBe('Error: no');
    expect(environment.ended).toBe(false);
    expect(await environment.invoke(invocation({}))).toEqual({ ok: true, payload: '2' });
  });

  test('is what a bundle without the module of the handler gives', async () => {
    const environment = environmentOf('export const handler = () => 1;', { handler: 'elsewhere.handler' });
    expect(errorOf(await environment.invoke(invocation({})))).toMatch(
      /^Runtime\.ImportModuleError: Cannot find module '.*elsewhere\.js'/,
    );
  });
});

describe('an environment ends', () => {
  test.each([
    [
      'when time is up',
      'export const handler = () => new Promise(() => setInterval(() => 0, 1_000));',
      { timeoutSeconds: 0.2 },
      'Sandbox.Timedout: RequestId: request-1 Error: Task timed out after 0.20 seconds',
    ],
    [
      'when time is up in a loop without end',
      'export const handler = () => { for (;;); };',
      { timeoutSeconds: 0.2 },
      'Sandbox.Timedout: RequestId: request-1 Error: Task timed out after 0.20 seconds',
    ],
    [
      'when memory is used up',
      'export const handler = () => { const all = []; for (;;) all.push(new Array(10_000).fill({})); };',
      { memoryMegabytes: 16 },
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: signal: killed',
    ],
    [
      'when the handler exits',
      'export const handler = () => process.exit(3);',
      {},
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: exit status 3',
    ],
    [
      'when something fails that nobody waits for',
      'export const handler = () => { setTimeout(() => { throw new Error("lost"); }); return new Promise(() => 0); };',
      {},
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: uncaught Error: lost',
    ],
    [
      'when the module exits as it is loaded',
      'process.exit(7);',
      {},
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: exit status 7',
    ],
  ])('%s', async (_, code, fn, expected) => {
    const environment = environmentOf(code, fn);
    expect(errorOf(await environment.invoke(invocation({})))).toBe(expected);
    expect(environment.ended).toBe(true);
  });

  test('when it exits between two invocations', async () => {
    const environment = environmentOf(
      'export const handler = () => { setTimeout(() => process.exit(1), 50); return 1; };',
    );
    expect(await environment.invoke(invocation({}))).toEqual({ ok: true, payload: '1' });
    await expect.poll(() => environment.ended, { timeout: 5_000 }).toBe(true);
  });
});

describe('memory that is used up ends the environment, and nothing else', () => {
  test.each([
    ['by a set', 'const all = new Set(); for (let i = 0; ; i++) all.add("k" + i);'],
    ['by a map', 'const all = new Map(); for (let i = 0; ; i++) all.set("k" + i, i);'],
    ['by a dictionary', 'const all = {}; for (let i = 0; ; i++) all["k" + i] = i;'],
    ['by an array of numbers', 'const all = []; for (let i = 0; ; i++) all.push(i + 0.5);'],
    ['by parts of a text', 'const all = []; for (;;) all.push("a,".repeat(1e6).split(","));'],
    ['by texts', 'let all = "x"; const kept = []; for (let i = 0; ; i++) kept.push(all.repeat(1e6) + i);'],
    ['by buffers outside of the heap', 'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));'],
    ['by one allocation', 'return new Array(5e8).fill(1).length;'],
  ])('%s', async (_, body) => {
    const environment = environmentOf(`export const handler = () => { ${body} };`, {
      memoryMegabytes: 128,
      timeoutSeconds: 60,
    });
    expect(errorOf(await environment.invoke(invocation({})))).toBe(
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: signal: killed',
    );
    expect(environment.ended).toBe(true);
  });

  test('but a function may use what it has', async () => {
    const code = 'export const handler = () => Buffer.alloc(90 * 1024 * 1024, 1).length;';
    expect(await environmentOf(code, { memoryMegabytes: 128 }).invoke(invocation({}))).toEqual({
      ok: true,
      payload: String(90 * 1024 * 1024),
    });
  });
});

describe('what a function does to its surroundings', () => {
  const parent = "import { parentPort } from 'node:worker_threads';";
  test.each([
    [
      'messages that are no answers',
      `${parent} export const handler = () => {
      for (const message of [null, undefined, 1, 'x', [], {}, { payload: 1 }, { error: null }, { error: { errorType: 1 } }]) {
        parentPort.postMessage(message);
      }
      return 'answered';
    };`,
      '"answered"',
    ],
    [
      'another channel',
      'export const handler = () => [typeof process.send, process.connected ?? false];',
      '["undefined",false]',
    ],
    ['the directory it is in', 'export const handler = () => process.cwd() === import.meta.dirname;', 'true'],
  ])('%s', async (_, code, payload) => {
    expect(await environmentOf(code).invoke(invocation({}))).toEqual({ ok: true, payload });
  });

  test.each([
    ['an error that is none', 'setTimeout(() => { throw null; }); return new Promise(() => 0);', 'uncaught null'],
    ['a signal', "process.kill(process.pid, 'SIGSEGV'); return new Promise(() => 0);", 'signal: segmentation fault'],
  ])('%s ends it', async (_, body, expected) => {
    const environment = environmentOf(`export const handler = () => { ${body} };`);
    expect(errorOf(await environment.invoke(invocation({})))).toMatch(expected);
    expect(environment.ended).toBe(true);
  });

  const channel = 'the function wrote what is no message to the channel of its runtime';
  test.each([
    ['a length and bytes', 'Buffer.from([0, 0, 0, 4, 1, 2, 3, 10])'],
    ['null', "'null\\n'"],
    ['an answer without content', `'{"kind":"answer"}\\n'`],
    ['an answer that is no JSON', `'{"kind":"answer","payload":"no json"}\\n'`],
  ])('%s in the channel of its process ends it alone', async (_, bytes) => {
    const code = `import { writeSync } from 'node:fs';
      export const handler = () => { writeSync(3, ${bytes}); return new Promise(() => 0); };`;
    const environment = environmentOf(code);
    expect(errorOf(await environment.invoke(invocation({})))).toMatch(channel);
    expect(environment.ended).toBe(true);
  });

  test('a message without end is not kept', async () => {
    const code = `import { writeSync } from 'node:fs';
      export const handler = () => { for (;;) writeSync(3, 'x'.repeat(60_000)); };`;
    const environment = environmentOf(code, { timeoutSeconds: 30 });
    expect(errorOf(await environment.invoke(invocation({})))).toMatch(channel);
  });

  test.each([
    ['is no JSON', "{ payload: 'no json' }"],
    ['is nested too deep', "{ payload: '['.repeat(1e5) + ']'.repeat(1e5) }"],
  ])('an answer of its own that %s ends it', async (_, message) => {
    const code = `${parent} export const handler = () => { parentPort.postMessage(${message}); return new Promise(() => 0); };`;
    expect(errorOf(await environmentOf(code).invoke(invocation({})))).toMatch(channel);
  });

  test.each([
    ['an object as message', 'e.message = { a: 1 }', 'Error: [object Object]'],
    ['no name', 'e.name = undefined', 'undefined: m'],
  ])('an error with %s is told', async (_, change, expected) => {
    const code = `export const handler = () => { const e = new Error('m'); ${change}; throw e; };`;
    expect(errorOf(await environmentOf(code).invoke(invocation({})))).toBe(expected);
  });

  test('processes that it has started end when it exits', async () => {
    const code = `import { spawn } from 'node:child_process';
      export const handler = () => { setTimeout(() => process.exit(1), 2_000); return spawn('sleep', ['600']).pid; };`;
    const result = await environmentOf(code, {}, { PATH: process.env['PATH'] ?? '' }).invoke(invocation({}));
    const started = Number(result.ok ? result.payload : NaN);
    expect(isRunning(started)).toBe(true);
    await expect.poll(() => isRunning(started), { timeout: 10_000 }).toBe(false);
  });

  test('processes that it has started end with it', async () => {
    const code = `import { spawn } from 'node:child_process';
      export const handler = () => spawn('sleep', ['600']).pid;`;
    const environment = environmentOf(code, {}, { PATH: process.env['PATH'] ?? '' });
    const result = await environment.invoke(invocation({}));
    const started = Number(result.ok ? result.payload : NaN);
    expect(isRunning(started)).toBe(true);
    environment.end();
    await expect.poll(() => isRunning(started), { timeout: 5_000 }).toBe(false);
  });
});

describe('an answer', () => {
  const bytes = 6_291_556;
  const tooLarge = `Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (${bytes} bytes).`;

  test('of 6 MB is given out', async () => {
    const code = `export const handler = () => 'x'.repeat(${bytes - 2});`;
    const result = await environmentOf(code).invoke(invocation({}));
    expect(result.ok && result.payload.length).toBe(bytes);
  });

  test.each([
    ['a value', `return 'x'.repeat(${bytes - 1});`],
    ['characters of several bytes', `return 'ü'.repeat(${bytes / 2});`],
    ['an error', `throw new Error('x'.repeat(${bytes}));`],
  ])('above that is an error: %s', async (_, body) => {
    const environment = environmentOf(`export const handler = () => { ${body} };`);
    expect(errorOf(await environment.invoke(invocation({})))).toBe(tooLarge);
    expect(environment.ended).toBe(false);
  });
});

describe('a crash', () => {
  const code = 'export const handler = () => { console.log("began"); return 1; };';

  test('kills the environment after the handler has begun, and takes an answer that was ready with it', async () => {
    const environment = environmentOf(code);
    expect(errorOf(await environment.invoke(invocation({}, { crash: true })))).toBe(
      'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: exit status 134',
    );
    expect(logOf(environment)).toBe('began\n');
    expect(environment.ended).toBe(true);
  });

  test('happens only when it was asked for', async () => {
    expect(await environmentOf(code).invoke(invocation({}))).toEqual({ ok: true, payload: '1' });
  });
});

describe('the log', () => {
  test('of a function that writes to the descriptor itself is cut, too', async () => {
    const code = `import { writeSync } from 'node:fs';
      export const handler = () => { for (let i = 0; i < 200; i++) writeSync(1, 'x'.repeat(60_000)); return 1; };`;
    const environment = environmentOf(code);
    expect(await environment.invoke(invocation({}))).toEqual({ ok: true, payload: '1' });
    let log = '';
    await expect.poll(() => (log += logOf(environment))).toContain('(the sandbox keeps no more of this log)');
    expect(log.length).toBeLessThan(4_200_000);
  });

  test('has a text that is longer than a message', async () => {
    const code = `export const handler = () => { console.log('\\u0001'.repeat(3_500_000)); return 1; };`;
    const environment = environmentOf(code, { memoryMegabytes: 512 });
    expect(await environment.invoke(invocation({}))).toEqual({ ok: true, payload: '1' });
    expect(logOf(environment).length).toBe(3_500_001);
  });

  test('of a function that writes without end is cut, and the function goes on', async () => {
    const code =
      'export const handler = (n) => { for (let i = 0; i < n; i++) console.log("x".repeat(100_000)); return n; };';
    const environment = environmentOf(code, { memoryMegabytes: 512 });
    expect(await environment.invoke(invocation(200))).toEqual({ ok: true, payload: '200' });
    const log = logOf(environment);
    expect(log.length).toBeLessThan(5_000_000);
    expect(log).toMatch(/\(the sandbox keeps no more of this log\)\n$/);
    await environment.invoke(invocation(1));
    expect(logOf(environment)).toBe(`${'x'.repeat(100_000)}\n`);
  });

  test('holds what each invocation wrote, to either stream, and is taken once', async () => {
    const code = 'export const handler = (n) => { console.log("out", n); console.error("err", n); return n; };';
    const environment = environmentOf(code);
    for (const n of [1, 2, 3]) {
      await environment.invoke(invocation(n));
      expect(logOf(environment).split('\n').sort()).toEqual(['', `err ${n}`, `out ${n}`]);
    }
    expect(logOf(environment)).toBe('');
  });

  test('is complete when the answer comes, however many environments write', async () => {
    const code = 'export const handler = (n) => { console.log("line", n); return n; };';
    const late = Array.from({ length: 6 }, async () => {
      const environment = environmentOf(code);
      const logs: string[] = [];
      for (let n = 0; n < 20; n++) {
        await environment.invoke(invocation(n));
        logs.push(logOf(environment));
      }
      return logs.filter((log, n) => log !== `line ${n}\n`);
    });
    expect((await Promise.all(late)).flat()).toEqual([]);
  });

  test('holds what an invocation wrote before it died', async () => {
    const code = 'export const handler = () => { console.log("last words"); process.exit(1); };';
    const environment = environmentOf(code);
    await environment.invoke(invocation({}));
    expect(logOf(environment)).toBe('last words\n');
  });
});
