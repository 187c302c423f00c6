import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { arnOf, role, stacksOf, trusting } from '@crosswind/sandbox/testing/literals';
import { deployStacks } from '../../../cli/local/deploy-stacks.ts';

const account = '111111111111';

/** Deploys a state machine with a role of this trust policy. */
async function deployed(trust: JsonObject): Promise<readonly string[]> {
  const DefinitionString = '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}';
  const Properties = { RoleArn: arnOf('Role'), DefinitionString };
  const resources = { Role: role('machine', trust), Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties } };
  const notes: string[] = [];
  const terminal = {
    out: () => undefined,
    data: () => undefined,
    note: (line: string) => notes.push(line),
    progress: () => undefined,
    colors: pc.createColors(false),
  };
  const sandbox = await openSandbox();
  try {
    await deployStacks({ sandbox, waves: [{ name: '', stacks: stacksOf({ account, resources }) }], terminal });
    return notes;
  } finally {
    await sandbox.close();
  }
}

/** The trust statement that a message asks for. */
const statementIn = (message: string): JsonObject => JSON.parse(message.slice(message.indexOf('\n  {'))) as JsonObject;

test('a refused deployment says which statement is missing in which policy; with it, nothing is refused', async () => {
  const refused: unknown = await deployed(trusting({ Service: 'lambda.amazonaws.com' })).catch(
    (error: unknown) => error,
  );
  if (!(refused instanceof Error)) throw new Error('expected a refusal');
  expect(refused.message).toContain(
    `\nTo fix it, this statement in the trust policy of arn:aws:iam::${account}:role/machine:\n  {`,
  );
  const statement = statementIn(refused.message);
  expect(statement).toMatchObject({ Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' });
  expect(await deployed(statement)).toEqual(['deployed 1 stack to 1 simulated account']);
});
