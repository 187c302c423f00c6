import { CreateStackCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { arnOf, lambda, lambdaFunction, logGroup, role, stacksOf } from '../../../src/testing/literals.ts';
import { account, cloudFormation, created, deleted, eventsOf, region, templateOf, updated } from './client.ts';

describe('a stack that was deployed with the assembly', () => {
  test('exports values to stacks of clients, and is not deleted while they import them', async () => {
    const { client, sandbox } = await cloudFormation();
    const [stack] = stacksOf({ account, resources: { Logs: logGroup('winds') } });
    if (!stack) throw new Error('there is no stack');
    const Outputs = { Logs: { Value: { Ref: 'Logs' }, Export: { Name: 'winds' } } };
    await sandbox.deploy({ ...stack, template: { ...stack.template, Outputs } });
    const Unit: TemplateResource = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/logs', Type: 'String', Value: { 'Fn::ImportValue': 'winds' } },
    };
    expect((await created(client, sandbox, templateOf({ Unit }))).StackStatus).toBe('CREATE_COMPLETE');
    expect(sandbox.parameters.get(`arn:aws:ssm:${region}:${account}:parameter/logs`)).toBe('winds');
    const { id } = sandbox.cloudFormation.stacks.find({ account, region }, stack.name) ?? {};
    expect((await deleted(client, sandbox, id)).StackStatusReason).toContain('Cannot delete export winds');
  });
});

describe('a custom resource whose function answers another id', () => {
  const code = `export const handler = async (event) => {
    const PhysicalResourceId = event.RequestType === 'Delete' ? event.PhysicalResourceId : event.ResourceProperties.Id;
    console.log(event.RequestType, event.PhysicalResourceId ?? '');
    await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId }) });
  };`;
  const resources = (Id: string) => ({
    FunctionRole: role('function', lambda),
    Provider: lambdaFunction('provider', '', {
      Code: { ZipFile: code.replaceAll('export const handler =', 'exports.handler =') },
    }),
    Asked: { Type: 'Custom::Asked', Properties: { ServiceToken: arnOf('Provider'), Id } },
  });
  const Outputs = { Id: { Value: { Ref: 'Asked' } } };

  test('has the new id, and the old one is deleted after the update', async () => {
    const { client, sandbox } = await cloudFormation();
    const first = await created(client, sandbox, templateOf(resources('one'), { Outputs }));
    expect(first.Outputs?.[0]?.OutputValue).toBe('one');
    const second = await updated(client, sandbox, templateOf(resources('two'), { Outputs }));
    expect(second.Outputs?.[0]?.OutputValue).toBe('two');
    expect((await eventsOf(client, second)).slice(-4)).toEqual([
      'letters UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Asked DELETE_IN_PROGRESS',
      'Asked DELETE_COMPLETE',
      'letters UPDATE_COMPLETE',
    ]);
  });
});

describe('a request', () => {
  const TemplateBody = templateOf({ Logs: logGroup('winds') });

  test('that asks for what the sandbox does not simulate is refused by name', async () => {
    const { client } = await cloudFormation();
    const StackPolicyBody = '{"Statement":[]}';
    const request = client.send(new CreateStackCommand({ StackName: 'letters', TemplateBody, StackPolicyBody }));
    await expect(request).rejects.toThrow('the sandbox does not simulate StackPolicyBody');
  });

  test('that is refused before it begins leaves no stack', async () => {
    const { client } = await cloudFormation();
    const bad = templateOf({ A: { ...logGroup('a'), DependsOn: 'B' }, B: { ...logGroup('b'), DependsOn: 'A' } });
    const request = client.send(new CreateStackCommand({ StackName: 'letters', TemplateBody: bad }));
    await expect(request).rejects.toThrow('Circular dependency between resources: [A, B]');
    expect((await client.send(new ListStacksCommand({}))).StackSummaries).toEqual([]);
  });
});

test('a type whose calls nobody knows is created, and an event says so once', async () => {
  const { client, sandbox } = await cloudFormation();
  const Bus = (Name: string): TemplateResource => ({ Type: 'AWS::Events::EventBus', Properties: { Name } });
  const stack = await created(client, sandbox, templateOf({ One: Bus('one'), Two: Bus('two') }));
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const reasons = sandbox.cloudFormation.stacks
    .find({ account, region }, 'letters')
    ?.events.map(({ reason }) => reason);
  expect(reasons?.filter((reason) => reason?.startsWith('permissions not decided'))).toEqual([
    'permissions not decided: the sandbox does not know which calls a deployment of AWS::Events::EventBus makes',
  ]);
});
