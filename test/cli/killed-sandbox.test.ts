import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { App, Stack } from 'aws-cdk-lib/core';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { settings } from './clients.ts';
import { commandLineOn, type Finished, spawnCrosswind } from './crosswind.ts';
import type { Credentials } from './served-sandbox.ts';

const account = '111111111111';
const region = 'eu-west-1';
const none = 'nowhere/platform.yaml';

/** A function that runs until it is killed, as does a process that it starts. */
const endless = `
  const { spawn } = require('node:child_process');
  exports.handler = async () => {
    spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    for (;;);
  };
`;

/** An app with a state machine of that function, and one with an expression that needs a process of its own. */
function synthesize(outdir: string): void {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Long', { env: { account, region } });
  const lambdaFunction = new LambdaFunction(stack, 'Endless', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(endless),
  });
  const machine = (stateMachineName: string, definitionBody: DefinitionBody) =>
    new StateMachine(stack, stateMachineName, { stateMachineName, definitionBody });
  machine('calling', DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Call', { lambdaFunction })));
  const Counting = { Type: 'Pass', Output: "{% $count([1..3].$string($now('[Y]'))) %}", End: true };
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Counting', States: { Counting } };
  machine('counting', DefinitionBody.fromString(JSON.stringify(definition)));
  app.synth();
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Processes of this machine that have not ended, even if nobody has asked for the status of those that have. */
function running(): readonly Process[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = 'Z', command = ''] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** All processes that a process has started, and those that they have. */
function startedBy(pid: number): readonly Process[] {
  const all = running();
  const below = (of: number): readonly Process[] =>
    all.filter(({ parent }) => parent === of).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

/** A clone of its own with a place for temporary files, and the app served from it. */
function laboratory() {
  const [root, temporary] = [temporaryDirectory(), temporaryDirectory()];
  const assembly = join(temporaryDirectory(), 'cdk.out');
  synthesize(assembly);
  const { crosswind } = commandLineOn({
    clone: { root, services: 'services' },
    platformFile: none,
    assembly: () => '',
  });
  const serve = async () => {
    const args = ['sandbox', '--file', none, '--assembly', assembly, '--port', '0'];
    const { child, texts, finished } = spawnCrosswind({ TMPDIR: temporary, CROSSWIND_TEST_ROOT: root }, ...args);
    onTestFinished(async () => {
      child.kill('SIGTERM');
      await finished;
    });
    await vi.waitUntil(() => texts.stdout.includes('\n'), { timeout: 60_000 });
    const port = /:(\d+)/.exec(texts.stdout)?.[1] ?? '';
    return { child, finished, port, pid: child.pid ?? 0 };
  };
  return {
    serve,
    /** Runs `crosswind credentials` without a port. */
    credentials: () => crosswind('credentials', account, '--json', '--file', none),
    notes: () => readdirSync(join(root, 'node_modules/.cache/crosswind/served-ports')),
    cache: () => readdirSync(join(root, 'node_modules/.cache/crosswind')).sort(),
    left: () => readdirSync(temporary).filter((name) => name.startsWith('crosswind-')),
    temporary,
  };
}

const variablesIn = ({ stdout }: Finished): Credentials => JSON.parse(stdout) as Credentials;

test('the next sandbox of a clone removes what a killed one has left', async () => {
  const { serve, credentials, notes, cache, left, temporary } = laboratory();
  const first = await serve();
  const client = new SFNClient(settings(variablesIn(await credentials())));
  for (const name of ['calling', 'counting']) {
    const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
    await client.send(new StartExecutionCommand({ stateMachineArn }));
  }
  const commands = [/supervisor\.mjs/, /evaluation-process\.mjs/, /setInterval/];
  const isRunning = (command: RegExp) => startedBy(first.pid).some((process) => command.test(process.command));
  await vi.waitUntil(() => commands.every(isRunning), { timeout: 60_000, interval: 200 });
  const processes = startedBy(first.pid);
  const [directory = ''] = left();
  expect(existsSync(join(temporary, directory))).toBe(true);

  first.child.kill('SIGKILL');
  await first.finished;
  expect({ notes: notes(), left: left() }).toEqual({ notes: [first.port], left: [directory] });
  expect(await credentials()).toMatchObject({ code: 1 });

  const second = await serve();
  expect(notes()).toEqual([second.port]);
  expect(left()).toEqual([expect.stringContaining(`-${second.pid}-`)]);
  expect(cache()).toEqual(['credentials-key', 'served-ports']);
  await vi.waitUntil(() => !running().some(({ pid }) => processes.some((process) => process.pid === pid)), {
    timeout: 10_000,
    interval: 100,
  });
  const found = variablesIn(await credentials());
  expect(found.AWS_ENDPOINT_URL).toBe(`http://127.0.0.1:${second.port}`);
  const again = new SFNClient(settings(found));
  const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:counting`;
  await expect(again.send(new StartExecutionCommand({ stateMachineArn }))).resolves.toBeDefined();
});
