import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  lambda,
  lambdaFunction,
  logGroup,
  now,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { sendSigned } from '../signed-request.ts';
import { credentialsAs } from '../sts/callers.ts';
import { follow } from './tail.ts';

const account = '444444444444';
const groupArn = `arn:aws:logs:us-east-1:${account}:log-group:called:*`;
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:calling`;

/** Writes while it works, for a time that depends on its event. */
const writing = `export const handler = async ({ n }) => {
  for (let line = 0; line < 3; line += 1) {
    console.log("call", n, "line", line);
    await new Promise((resolve) => setTimeout(resolve, 20 + 30 * (n % 3)));
  }
};`;

const resources = () => ({
  Called: logGroup('called'),
  FunctionRole: role('function', lambda, allow(['logs:CreateLogStream', 'logs:PutLogEvents'])),
  Writing: lambdaFunction('called', writing, { LoggingConfig: { LogGroup: 'called' } }),
  MachineRole: role('machine-role', states, allow('lambda:InvokeFunction')),
  Calling: stateMachine('calling', {
    Each: {
      Type: 'Map',
      Items: '{% [1..8].{ "n": $ } %}',
      ItemProcessor: {
        StartAt: 'Call',
        States: { Call: { Type: 'Task', Resource: `arn:aws:lambda:us-east-1:${account}:function:called`, End: true } },
      },
      End: true,
    },
  }),
  Reader: role('reader', lambda, allow('logs:FilterLogEvents')),
});

const filterIn = (sandbox: Sandbox) => {
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/reader`);
  return async (body: JsonObject): Promise<object> => {
    const headers = { 'x-amz-target': 'Logs_20140328.FilterLogEvents', 'content-type': 'application/x-amz-json-1.1' };
    const request = {
      url: `${sandbox.endpointUrl}/`,
      headers,
      body: JSON.stringify({ logGroupName: 'called', ...body }),
    };
    return (await (await sendSigned(request, { credentials, service: 'logs' })).json()) as object;
  };
};

test.each([
  ['every line', undefined, () => true],
  ['every line that matches', 'line', (message: string) => message.includes('line')],
])('who follows a log group gets %s once, while functions run two at a time', async (_, filterPattern, isWanted) => {
  const sandbox = await sandboxWith([{ account, resources: resources() }], { capacity: 2 });
  const started = sandbox.executions.start({ stateMachineArn: machineArn, input: {} });
  if (!started.ok) throw new Error(started.message);
  const stopped = new AbortController();
  const serving = sandbox.serve(stopped.signal);
  const isOver = (): boolean => started.execution.outcome !== undefined;
  const read = await follow({ filter: filterIn(sandbox), startTime: now, isOver, pauseMilliseconds: 5, filterPattern });
  stopped.abort();
  await serving;
  expect(started.execution.outcome?.status).toBe('SUCCEEDED');
  const lines = sandbox.logGroups.lines(groupArn).filter(isWanted);
  // Eight calls, with three lines each besides START, END and REPORT.
  expect(lines).toHaveLength(filterPattern === undefined ? 48 : 24);
  expect([...read].sort()).toEqual([...lines].sort());
});

test('a line is not read before its time', async () => {
  const sandbox = await sandboxWith([{ account, resources: resources() }]);
  sandbox.logGroups.write(groupArn, 'stream', [{ timestamp: now + 2_000, message: 'later' }]);
  const filter = filterIn(sandbox);
  expect(await filter({})).toMatchObject({ events: [] });
  await sandbox.simulation.elapse(2_000);
  expect(await filter({})).toMatchObject({ events: [{ message: 'later', ingestionTime: now + 2_000 }] });
});
