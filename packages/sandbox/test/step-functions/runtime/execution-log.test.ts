import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import {
  allow,
  arnOf,
  execute,
  logGroup,
  now,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:logged`;
const logGroupArn = `arn:aws:logs:us-east-1:${account}:log-group:/aws/vendedlogs/states/logged:*`;
const failing: JsonObject = {
  Say: { Type: 'Pass', Next: 'No' },
  No: { Type: 'Fail', Error: 'No', Cause: 'on purpose' },
};
const passing: JsonObject = { Say: { Type: 'Pass', Output: { said: 'hello' }, End: true } };

type Line = Readonly<Record<string, unknown>>;

/** Runs a machine whose logging configuration is given, and returns its sandbox. */
async function run(machineStates: JsonObject, logging: JsonObject, input: JsonObject = {}): Promise<Sandbox> {
  const configuration = { Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arnOf('Logs') } }], ...logging };
  const sandbox = await sandboxWith([
    {
      account,
      resources: {
        Logs: logGroup('/aws/vendedlogs/states/logged'),
        Role: role('logged-role', states, allow('logs:*'), allow('states:StartExecution')),
        Logged: stateMachine('logged', machineStates, {
          RoleArn: arnOf('Role'),
          LoggingConfiguration: configuration,
        }),
      },
    },
  ]);
  await execute(sandbox, machineArn, input);
  return sandbox;
}

const linesOf = ({ logGroups }: Sandbox): readonly Line[] =>
  logGroups.lines(logGroupArn).map((line) => JSON.parse(line) as Line);

describe('a state machine logs', () => {
  const all = ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'FailStateEntered', 'ExecutionFailed'];

  test.each<[string, JsonObject, readonly string[]]>([
    ['everything at ALL', { Level: 'ALL' }, all],
    ['what failed at ERROR', { Level: 'ERROR' }, ['FailStateEntered', 'ExecutionFailed']],
    ['how the execution ended at FATAL', { Level: 'FATAL' }, ['ExecutionFailed']],
    ['nothing at OFF', { Level: 'OFF' }, []],
    ['nothing without a level', {}, []],
  ])('%s', async (_, logging, types) => {
    expect(linesOf(await run(failing, logging)).map(({ type }) => type)).toEqual(types);
  });

  test('nothing at FATAL when it succeeds', async () => {
    expect(linesOf(await run(passing, { Level: 'FATAL' }))).toEqual([]);
  });

  test('lines as AWS writes them, into a stream of the minute', async () => {
    const sandbox = await run(passing, { Level: 'ALL', IncludeExecutionData: true }, { a: 1 });
    const [execution] = sandbox.executions.of(machineArn);
    expect(linesOf(sandbox)[1]).toEqual({
      id: '2',
      type: 'PassStateEntered',
      details: { name: 'Say', input: '{"a":1}', inputDetails: { truncated: false } },
      previous_event_id: '0',
      event_timestamp: String(now),
      execution_arn: execution?.arn,
      redrive_count: '0',
    });
    const [event] = sandbox.logGroups.get(logGroupArn)?.events(now) ?? [];
    expect(event?.stream).toMatch(/^states\/logged\/2026-01-02-03-04\/[0-9a-f]{8}$/);
    expect(event?.timestamp).toBe(now);
  });

  test('no input or output unless it includes execution data', async () => {
    const input = { secret: 'x' };
    const shown = JSON.stringify(linesOf(await run(passing, { Level: 'ALL', IncludeExecutionData: true }, input)));
    const hidden = JSON.stringify(linesOf(await run(passing, { Level: 'ALL' }, input)));
    expect(shown).toContain('secret');
    expect(shown).toContain('hello');
    expect(hidden).toContain('PassStateExited');
    expect(hidden).not.toMatch(/secret|hello|Details"/);
  });

  test('input above 248 KB cut, and says so', async () => {
    const sandbox = await run(passing, { Level: 'ALL', IncludeExecutionData: true }, { text: 'x'.repeat(255_000) });
    const { details } = linesOf(sandbox)[0] as { details: Record<string, unknown> };
    expect(details['inputDetails']).toEqual({ truncated: true });
    expect((details['input'] as string).length).toBe(248 * 1024);
  });
});

test('Express children of a Map Run log where their state machine does', async () => {
  const map: JsonObject = {
    Each: {
      Type: 'Map',
      Items: [1, 2],
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Say',
        States: passing,
      },
      End: true,
    },
  };
  const lines = linesOf(await run(map, { Level: 'ALL' }));
  const children = lines.filter((line) => String(line['execution_arn']).includes(':express:logged/'));
  expect(children.map(({ type }) => type).filter((type) => type === 'ExecutionSucceeded')).toHaveLength(2);
  expect(lines.map(({ type }) => type)).toContain('MapRunSucceeded');
});
