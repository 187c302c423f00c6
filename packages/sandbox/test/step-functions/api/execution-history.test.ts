import {
  GetExecutionHistoryCommand,
  type GetExecutionHistoryCommandInput,
  StartExecutionCommand,
  paginateGetExecutionHistory,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { executionArnOf, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

const executionArn = executionArnOf('one');
const types = ['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'ExecutionSucceeded'];

/** An execution of four events that has ended, and a way to ask for them. */
async function ended() {
  const { sandbox, client } = await waitingMachine();
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one', input: '{"a":1}' }));
  await passTime(sandbox);
  const history = (input: Partial<GetExecutionHistoryCommandInput> = {}) =>
    client.send(new GetExecutionHistoryCommand({ executionArn, ...input }));
  return { sandbox, client, history };
}

const typesIn = ({ events = [] }: { events?: { type?: string }[] }) => events.map(({ type }) => type);

describe('GetExecutionHistory', () => {
  test('gives all events in order, with input and output', async () => {
    const { history } = await ended();
    const { events, nextToken } = await history();
    expect(typesIn({ events })).toEqual(types);
    expect(nextToken).toBeUndefined();
    expect(events?.[1]?.stateEnteredEventDetails).toEqual({
      name: 'Wait',
      input: '{"a":1}',
      inputDetails: { truncated: false },
    });
  });

  test('gives the last event first when asked to', async () => {
    const { history } = await ended();
    expect(typesIn(await history({ reverseOrder: true }))).toEqual([...types].reverse());
  });

  test('leaves out input and output when asked to, and nothing else', async () => {
    const { history } = await ended();
    const { events = [] } = await history({ includeExecutionData: false });
    expect(typesIn({ events })).toEqual(types);
    expect(JSON.stringify(events)).not.toMatch(/input|output/);
    expect(events[1]?.stateEnteredEventDetails).toEqual({ name: 'Wait' });
    expect(events[0]?.executionStartedEventDetails).toHaveProperty('roleArn');
  });

  test.each([
    [false, types],
    [true, [...types].reverse()],
  ])('gives page after page (reversed: %s)', async (reverseOrder, expected) => {
    const { client } = await ended();
    const pages: unknown[] = [];
    for await (const page of paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn, reverseOrder })) {
      pages.push(typesIn(page));
    }
    expect(pages).toEqual([expected.slice(0, 3), expected.slice(3)]);
  });

  test('goes on where the page before ended, though there are more events by then', async () => {
    const { sandbox, client } = await waitingMachine();
    await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one' }));
    const { history } = sandbox.executions.get(executionArn) ?? { history: [] };
    await sandbox.simulation.run(() => history.length === 2);
    const ask = (nextToken?: string) =>
      client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1, reverseOrder: true, nextToken }));
    const first = await ask();
    await passTime(sandbox);
    const second = await ask(first.nextToken);
    expect([typesIn(first), typesIn(second), second.nextToken]).toEqual([[types[1]], [types[0]], undefined]);
  });

  test('gives a hundred events where no number or 0 is asked for, and up to a thousand', async () => {
    const { sandbox, history } = await ended();
    const { history: written = [] } = sandbox.executions.get(executionArn) ?? {};
    const [first] = written;
    for (let id = 5; first && id <= 1_001; id++) written.push({ ...first, id });
    expect((await history()).events).toHaveLength(100);
    expect((await history({ maxResults: 0 })).events).toHaveLength(100);
    const thousand = await history({ maxResults: 1_000 });
    expect(thousand.events).toHaveLength(1_000);
    expect((await history({ nextToken: thousand.nextToken })).events).toHaveLength(1);
  });

  test.each([
    [1_001, 'less than or equal to 1000'],
    [-1, 'greater than or equal to 0'],
  ])('refuses a page of %s', async (maxResults, constraint) => {
    const { history } = await ended();
    await expect(history({ maxResults })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${constraint}`,
    });
  });

  test('refuses a token that it did not give for this request', async () => {
    const { client, history } = await ended();
    await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'two' }));
    const { nextToken = '' } = await history({ maxResults: 1 });
    const refused = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };
    const place = Buffer.from(nextToken, 'base64url').toString();
    for (const changed of [
      { nextToken: 'token' },
      { nextToken: `${nextToken}A` },
      { nextToken: Buffer.from(place.replace('1', '2')).toString('base64url') },
      { nextToken, reverseOrder: true },
      { nextToken, includeExecutionData: false },
      { nextToken, executionArn: executionArnOf('two') },
    ]) {
      await expect(history(changed)).rejects.toMatchObject(refused);
    }
    expect(typesIn(await history({ nextToken, maxResults: 2 }))).toEqual(types.slice(1, 3));
  });

  test('refuses a token that is longer than tokens are', async () => {
    const { history } = await ended();
    await expect(history({ nextToken: 'x'.repeat(1_025) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(
        "at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 1024",
      ) as string,
    });
  });
});
