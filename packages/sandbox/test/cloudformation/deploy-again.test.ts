import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Sandbox } from '../../src/sandbox.ts';
import { type Resources, sandboxWith, stacksOf } from '../../src/testing/literals.ts';

const account = '444444444444';
const region = 'us-east-1';

/** A thing that exists without running; another key replaces it. */
const table = (key: string, more: object = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    ...more,
  },
});
const name: TemplateResource = {
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/table', Type: 'String', Value: { Ref: 'Winds' } },
};
const id: TemplateResource = {
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/stack', Type: 'String', Value: { Ref: 'AWS::StackId' } },
};

/** Deploys the resources as the only stack, as nobody. */
async function deploy(sandbox: Sandbox, resources: Resources): Promise<void> {
  const [stack] = stacksOf({ account, resources });
  if (!stack) throw new Error('there is no stack');
  await sandbox.deploy(stack);
}

const stackOf = ({ cloudFormation }: Sandbox) => cloudFormation.stacks.find({ account, region }, 'Stack0');
const tableOf = (sandbox: Sandbox): string | undefined => stackOf(sandbox)?.resources.get('Winds')?.physicalId;
const value = ({ parameters }: Sandbox): string | undefined =>
  parameters.get(`arn:aws:ssm:${region}:${account}:parameter/table`);
const eventsOf = (sandbox: Sandbox): readonly string[] =>
  (stackOf(sandbox)?.events ?? []).map(({ logicalId, status }) => `${logicalId} ${status}`);

describe('a stack that is deployed again as nobody', () => {
  test('replaces a resource, and what refers to it follows', async () => {
    const sandbox = await sandboxWith([]);
    await deploy(sandbox, { Winds: table('id'), Name: name, Id: id });
    const before = tableOf(sandbox);
    const created = eventsOf(sandbox).length;
    await deploy(sandbox, { Winds: table('key'), Name: name, Id: id });
    expect(tableOf(sandbox)).not.toBe(before);
    expect(value(sandbox)).toBe(tableOf(sandbox));
    expect(eventsOf(sandbox).slice(created)).toEqual([
      'Stack0 UPDATE_IN_PROGRESS',
      'Winds UPDATE_IN_PROGRESS',
      'Winds UPDATE_IN_PROGRESS',
      'Winds UPDATE_COMPLETE',
      'Name UPDATE_IN_PROGRESS',
      'Name UPDATE_COMPLETE',
      'Stack0 UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Winds DELETE_IN_PROGRESS',
      'Winds DELETE_COMPLETE',
      'Stack0 UPDATE_COMPLETE',
    ]);
  });

  test('keeps the new name from then on, and changes nothing without a reason', async () => {
    const sandbox = await sandboxWith([]);
    for (const key of ['id', 'key']) await deploy(sandbox, { Winds: table(key), Name: name, Id: id });
    const [replaced, updated] = [tableOf(sandbox), eventsOf(sandbox).length];
    await deploy(sandbox, { Winds: table('key'), Name: name, Id: id });
    expect(tableOf(sandbox)).toBe(replaced);
    expect(
      eventsOf(sandbox)
        .slice(updated)
        .filter((event) => !event.startsWith('Stack0')),
    ).toEqual([]);
    await deploy(sandbox, { Winds: table('id'), Name: name, Id: id });
    expect(tableOf(sandbox)).not.toBe(replaced);
    expect(value(sandbox)).toBe(tableOf(sandbox));
  });

  test('has the names of the assembly as long as nothing is replaced', async () => {
    const sandbox = await sandboxWith([]);
    const [stack] = stacksOf({ account, resources: { Winds: table('id') } });
    await deploy(sandbox, { Winds: table('id') });
    await deploy(sandbox, { Winds: table('id', { TableClass: 'STANDARD' }) });
    expect(tableOf(sandbox)).toBe(stack?.resources[0]?.ref);
  });

  test('is refused where a resource with a name of its own would be replaced', async () => {
    const sandbox = await sandboxWith([]);
    await deploy(sandbox, { Winds: table('id', { TableName: 'winds' }) });
    await expect(deploy(sandbox, { Winds: table('key', { TableName: 'winds' }) })).rejects.toThrow(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename winds and update the stack again.',
    );
  });
});
