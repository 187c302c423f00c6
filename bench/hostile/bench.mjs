import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describeMachine, machine } from '../machine.mjs';
import { table } from '../table.mjs';

const account = '111111111111';
const goals = { medianSeconds: 0.1, p99Seconds: 0.5 };

/** Milliseconds between two requests of the client that does no harm. */
const pause = 10;

/** A served sandbox under twenty bombs at once: how long others wait for answers, and whether SIGTERM still ends it. */
export async function run({ json }) {
  const directory = mkdtempSync(`${tmpdir()}/crosswind-bench-`);
  const assembly = `${directory}/cdk.out`;
  execFileSync(process.execPath, [`${import.meta.dirname}/app.mjs`, assembly], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const sandbox = spawn(process.execPath, ['cli/crosswind.mjs', 'sandbox', '--assembly', assembly, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(createInterface(sandbox.stdout), 'line');
    const client = clientOf(/\d+$/.exec(line)?.[0]);
    const machines = (await client.send(new ListStateMachinesCommand({}))).stateMachines.map(
      (it) => it.stateMachineArn,
    );
    const executions = await start(client, machines);
    const answers = await answersWhile(client, executions);
    await start(client, machines);
    const stoppedAt = performance.now();
    sandbox.kill('SIGTERM');
    const [code] = await once(sandbox, 'exit');
    const measured = { ...answers, code, secondsToEnd: (performance.now() - stoppedAt) / 1_000 };
    return json ? JSON.stringify({ machine: machine(), goals, ...measured }, null, 2) : present(measured);
  } finally {
    sandbox.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

function clientOf(port) {
  const args = ['cli/crosswind.mjs', 'credentials', account, '--port', port, '--json'];
  const variables = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  return new SFNClient({
    endpoint: variables.AWS_ENDPOINT_URL,
    region: variables.AWS_REGION,
    maxAttempts: 1,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
      sessionToken: variables.AWS_SESSION_TOKEN,
    },
  });
}

const start = (client, machines) =>
  Promise.all(
    machines.map(
      async (stateMachineArn) => (await client.send(new StartExecutionCommand({ stateMachineArn }))).executionArn,
    ),
  );

/** Asks again and again until every execution has ended, and measures each answer. */
async function answersWhile(client, executions) {
  const seconds = [];
  const statuses = new Map();
  let lost = 0;
  while (statuses.size < executions.length) {
    for (const executionArn of executions.filter((arn) => !statuses.has(arn))) {
      const askedAt = performance.now();
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        if (status !== 'RUNNING') statuses.set(executionArn, status);
      } catch (error) {
        // A throttled request is answered, too.
        if (error.name !== 'ThrottlingException') lost += 1;
      }
      seconds.push((performance.now() - askedAt) / 1_000);
      await sleep(pause);
    }
  }
  seconds.sort((one, other) => one - other);
  const at = (share) => seconds[Math.min(seconds.length - 1, Math.floor(share * seconds.length))];
  const failed = [...statuses.values()].filter((status) => status === 'FAILED').length;
  return { answers: seconds.length, lost, failed, medianSeconds: at(0.5), p99Seconds: at(0.99), slowestSeconds: at(1) };
}

const present = ({ answers, lost, failed, medianSeconds, p99Seconds, slowestSeconds, code, secondsToEnd }) =>
  [
    `${describeMachine(machine())}; ten functions that use up memory and ten endless expressions at once`,
    '',
    table(
      ['', '', 'goal'],
      [
        ['answers to another client', String(answers), ''],
        ['lost', String(lost), 'none'],
        ['median s', medianSeconds.toFixed(3), `at most ${goals.medianSeconds}`],
        ['99 of 100 s', p99Seconds.toFixed(3), `at most ${goals.p99Seconds}`],
        ['slowest s', slowestSeconds.toFixed(3), ''],
        ['executions that failed', String(failed), ''],
        ['s from SIGTERM to the end', secondsToEnd.toFixed(1), ''],
        ['exit code', String(code), '143'],
      ],
    ),
  ].join('\n');
