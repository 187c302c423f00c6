import { CreateChangeSetCommand, DescribeChangeSetCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Stack as Place } from '@crosswind/assembly/resolve';
import { isArray, type Json, objectOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, bucket, logGroup, policy, role, states } from '../../../src/testing/literals.ts';
import { resourceType } from '@crosswind/aws/resource-types';
import { account, addRole, cloudFormation, created, eventsOf, region, templateOf, updated } from './client.ts';
import { grounded } from './failing.ts';
import { subjects } from './subjects.ts';

const place = { account, region };

/** Dashboards, whose body alone is kept, and types that exist without running: no service has their tags. */
const notKept = new Set([
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeBuild::Project',
  'AWS::CodePipeline::Pipeline',
  'AWS::ECR::Repository',
]);
const list = (team: string) => [{ Key: 'team', Value: team }];

/** Types with tags in both forms, one with a tag of its own, and one that has no tags. */
const resources = {
  Letters: bucket('letters'),
  Logs: logGroup('letters'),
  Own: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'own', Tags: list('own') } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  },
  Unit: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/unit', Type: 'String', Value: 'knots' } },
  Worker: role('worker', states),
  Untagged: { ...policy(['worker'], allow('s3:GetObject')), DependsOn: 'Worker' },
};
const template = templateOf(resources);

/** The tags that a service has of a resource. */
function tagsOf(sandbox: Sandbox, logicalId: string): Json | undefined {
  const { type, deployed } = sandbox.cloudFormation.stacks.find(place, 'letters')?.resources.get(logicalId) ?? {};
  if (!deployed) throw new Error(`there is no resource ${logicalId}`);
  const here = { ...place, name: 'letters', resources: [] } as unknown as Place;
  return sandbox.handlers.get(type ?? '')?.read?.(deployed, here)?.['Tags'];
}

async function eventsAfter(client: Parameters<typeof eventsOf>[0], stack: Stack, known: number) {
  return (await eventsOf(client, stack)).slice(known);
}

/** Subjects whose type has tags that the sandbox keeps. */
const tagged = Object.entries(subjects).filter(
  ([type]) => resourceType(type)?.tags !== undefined && !notKept.has(type),
);

test.each(tagged)('tags of a stack reach %s', async (type, subject) => {
  const { client, sandbox } = await grounded(subject);
  const known = sandbox.opaque.length;
  const Subject = { Type: type, Properties: subject.one };
  const stack = await created(client, sandbox, templateOf({ Subject }), { Tags: list('one') });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const tags = tagsOf(sandbox, 'Subject') ?? {};
  const team = isArray(tags) ? tags : Object.entries(objectOf(tags)).map(([Key, Value]) => ({ Key, Value }));
  expect(team).toContainEqual({ Key: 'team', Value: 'one' });
  expect(sandbox.opaque.slice(known)).toEqual([]);
});

describe('tags of a stack', () => {
  test('are tags of its resources, besides those of their own', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, template, { Tags: list('one') });
    expect(tagsOf(sandbox, 'Letters')).toEqual(list('one'));
    expect(tagsOf(sandbox, 'Unit')).toEqual({ team: 'one' });
    expect(tagsOf(sandbox, 'Own')).toEqual(list('own'));
  });

  test('change them, where nothing else changes', async () => {
    const { client, sandbox } = await cloudFormation();
    const known = await eventsOf(client, await created(client, sandbox, template, { Tags: list('one') }));
    const stack = await updated(client, sandbox, template, { Tags: list('two') });
    const events = await eventsAfter(client, stack, known.length);
    const touched = new Set(events.map((event) => event.split(' ')[0]));
    expect([...touched].sort()).toEqual(['Letters', 'Logs', 'Table', 'Unit', 'Worker', 'letters']);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    for (const id of ['Letters', 'Logs', 'Worker']) expect(tagsOf(sandbox, id)).toEqual(list('two'));
    expect(tagsOf(sandbox, 'Unit')).toEqual({ team: 'two' });
  });

  test('leave them with the stack', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, template, { Tags: list('one') });
    await updated(client, sandbox, template, { Tags: [] });
    expect(tagsOf(sandbox, 'Letters') ?? []).toEqual([]);
    expect(tagsOf(sandbox, 'Own')).toEqual(list('own'));
  });

  test('need the permissions of the services, and are rolled back without them', async () => {
    const { client, sandbox } = await cloudFormation();
    const RoleARN = addRole(sandbox, 'deployer', [allow('*')]);
    const { Logs } = resources;
    await created(client, sandbox, templateOf({ Logs }), { Tags: list('one'), RoleARN });
    const denied = { Effect: 'Deny', Action: 'logs:TagResource', Resource: '*' } as const;
    const policies = sandbox.identities.role(RoleARN)?.policies ?? [];
    policies.push({ name: 'denied', document: { Version: '2012-10-17', Statement: [denied] } });
    const stack = await updated(client, sandbox, templateOf({ Logs }), { Tags: list('two') });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    expect(stack.Tags).toEqual(list('one'));
    expect(tagsOf(sandbox, 'Logs')).toEqual(list('one'));
  });

  test('are changes of a change set', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, template, { Tags: list('one') });
    const names = { StackName: 'letters', ChangeSetName: 'tags' };
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    const input = { ...names, TemplateBody: template, Tags: list('two'), Capabilities };
    await client.send(new CreateChangeSetCommand(input));
    const { Changes = [] } = await client.send(new DescribeChangeSetCommand(names));
    const scopes = Changes.map(({ ResourceChange: change }) => [change?.LogicalResourceId, change?.Scope]);
    expect(scopes).toContainEqual(['Logs', ['Tags']]);
    expect(scopes).toHaveLength(5);
  });
});
