import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeEventsCommand,
  type DescribeEventsCommandInput,
  type OperationEvent,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, bucket, logGroup } from '../../../src/testing/literals.ts';
import {
  account,
  cloudFormation,
  created,
  described,
  eventsOf,
  notValidated,
  region,
  templateOf,
  updated,
} from './client.ts';

const logs = { Logs: logGroup('winds') };
const wrong: TemplateResource = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'letters', Colour: 'red' } };
const unnamed: TemplateResource = { Type: 'AWS::SSM::Parameter', Properties: { Value: 'knots' } };

/** Reason of what early validation stops. */
const stopped = (check: string): string =>
  `The following hook(s)/validation failed: [AWS::EarlyValidation::${check}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`;

async function failures(
  client: CloudFormationClient,
  of: DescribeEventsCommandInput,
): Promise<readonly OperationEvent[]> {
  const { OperationEvents = [] } = await client.send(
    new DescribeEventsCommand({ ...of, Filters: { FailedEvents: true } }),
  );
  return OperationEvents;
}

async function changeSet(
  client: CloudFormationClient,
  template: string,
  more: Partial<CreateChangeSetCommandInput> = {},
): Promise<DescribeChangeSetCommandOutput> {
  const named = { StackName: 'letters', ChangeSetName: 'change' };
  await client.send(new CreateChangeSetCommand({ ...named, TemplateBody: template, ...more }));
  return client.send(new DescribeChangeSetCommand(named));
}

/** Templates that early validation refuses, and the problems that it finds. */
const refused: Readonly<
  Record<string, readonly [resources: Record<string, TemplateResource>, check: string, found: object[]]>
> = {
  'a property that the type does not have': [
    { Wrong: wrong },
    'PropertyValidation',
    [
      {
        ValidationName: 'PROPERTY_VALIDATION',
        ValidationStatusReason: 'Unsupported property [Colour]',
        ValidationPath: '/Resources/Wrong/Properties',
      },
    ],
  ],
  'a property that is missing': [
    { Unnamed: unnamed },
    'PropertyValidation',
    [{ ValidationStatusReason: 'Required property [Type] not found', ValidationPath: '/Resources/Unnamed/Properties' }],
  ],
  'a name that another stack has': [
    { Clash: logGroup('taken') },
    'ResourceExistenceCheck',
    [
      {
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationStatusReason: "Resource of type 'AWS::Logs::LogGroup' with identifier 'taken' already exists.",
        ValidationPath: '/Resources/Clash/Properties/LogGroupName',
        PhysicalResourceId: 'taken',
      },
    ],
  ],
  both: [
    { Wrong: wrong, Clash: logGroup('taken') },
    'PropertyValidation, AWS::EarlyValidation::ResourceExistenceCheck',
    [{ LogicalResourceId: 'Wrong' }, { LogicalResourceId: 'Clash' }],
  ],
};

async function withTaken() {
  const { client, sandbox } = await cloudFormation();
  await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
  return { client, sandbox };
}

describe.each(Object.entries(refused))('with %s', (_, [resources, check, found]) => {
  const events = found.map((each): unknown =>
    expect.objectContaining({
      EventType: 'VALIDATION_ERROR',
      ValidationFailureMode: 'FAIL',
      ValidationStatus: 'FAILED',
      ...each,
    }),
  );

  test('a creation is rolled back before it begins on any resource', async () => {
    const { client, sandbox } = await withTaken();
    const stack = await created(client, sandbox, templateOf({ First: logGroup('first'), ...resources }));
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await eventsOf(client, stack)).toEqual([
      'letters CREATE_IN_PROGRESS',
      'letters ROLLBACK_IN_PROGRESS',
      'letters ROLLBACK_COMPLETE',
    ]);
    expect(await failures(client, { StackName: 'letters' })).toEqual(events);
  });

  test('an update is rolled back before it begins on any resource', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(logs));
    const stack = await updated(client, sandbox, templateOf({ ...logs, First: logGroup('first'), ...resources }));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await eventsOf(client, stack)).slice(5)).toEqual([
      'letters UPDATE_IN_PROGRESS',
      'letters UPDATE_ROLLBACK_IN_PROGRESS',
      'letters UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'letters UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect((await updated(client, sandbox, templateOf({ ...logs, New: logGroup('new') }))).StackStatus).toBe(
      'UPDATE_COMPLETE',
    );
  });

  test('a change set fails and cannot be executed', async () => {
    const { client, sandbox } = await withTaken();
    await created(client, sandbox, templateOf(logs));
    const change = await changeSet(client, templateOf({ ...logs, ...resources }));
    expect(change).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: stopped(check) });
    expect(await failures(client, { StackName: 'letters', ChangeSetName: 'change' })).toEqual(events);
    expect((await failures(client, { ChangeSetName: change.ChangeSetId }))[0]?.OperationType).toBe('CREATE_CHANGESET');
  });
});

describe('nothing is validated', () => {
  test.each([
    ['if the request says so', notValidated, 'Wrong CREATE_IN_PROGRESS'],
    ['otherwise', {}, 'letters ROLLBACK_IN_PROGRESS'],
  ])('%s', async (_, more, second) => {
    const { client, sandbox } = await cloudFormation();
    const stack = await created(client, sandbox, templateOf({ Wrong: wrong }), more);
    expect((await eventsOf(client, stack))[1]).toBe(second);
  });

  test('in a change set that says so', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf(logs));
    const change = await changeSet(client, templateOf({ Wrong: wrong }), notValidated);
    expect(change.Status).toBe('CREATE_COMPLETE');
  });

  test('of names that the caller may not look up', async () => {
    const mayNotLook = [allow(['cloudformation:*', 'ssm:*', 'logs:CreateLogGroup'])];
    const { client, sandbox } = await cloudFormation(mayNotLook);
    await created(client, sandbox, templateOf({ Other: logGroup('taken') }), { StackName: 'other' });
    const stack = await created(client, sandbox, templateOf({ Clash: logGroup('taken') }));
    expect((await eventsOf(client, stack))[1]).toBe('Clash CREATE_IN_PROGRESS');
  });

  test('of names that CloudFormation generates, and of the own resources of a stack', async () => {
    const { client, sandbox } = await cloudFormation();
    const unit = (Value: string) => ({
      Unit: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/unit', Type: 'String', Value } },
      Logs: { Type: 'AWS::Logs::LogGroup' },
    });
    await created(client, sandbox, templateOf(unit('knots')));
    expect((await updated(client, sandbox, templateOf(unit('mph')))).StackStatus).toBe('UPDATE_COMPLETE');
  });
});

describe('a creation that early validation stops', () => {
  test.each([
    [{ OnFailure: 'DO_NOTHING' }, 'CREATE_FAILED'],
    [{ OnFailure: 'DELETE' }, 'DELETE_COMPLETE'],
  ] as const)('ends as %j asks', async (more, status) => {
    const { client, sandbox } = await cloudFormation();
    const stack = await created(client, sandbox, templateOf({ Wrong: wrong }), more);
    expect(stack.StackStatus).toBe(status);
  });
});

describe('a bucket that a change set removes', () => {
  test.each([
    ['with objects is a warning, and the change set can be executed', 1],
    ['without objects is none', 0],
  ])('%s', async (_, objects) => {
    const { client, sandbox } = await cloudFormation();
    const stack = await created(client, sandbox, templateOf({ ...logs, Winds: bucket('winds') }));
    const owner = {
      kind: 'role',
      account,
      roleArn: `arn:aws:iam::${account}:role/person`,
      sessionArn: 'session',
    } as const;
    if (objects > 0)
      await sandbox.storage.put(owner, { bucket: 'winds', key: 'a', body: Buffer.from('x'), headers: {} });
    expect((await changeSet(client, templateOf(logs))).Status).toBe('CREATE_COMPLETE');
    const found = await failures(client, { StackName: stack.StackId });
    expect(found.map(({ ValidationName: name, ValidationFailureMode: mode }) => [name, mode])).toEqual(
      objects > 0 ? [['BUCKET_EMPTINESS_VALIDATION', 'WARN']] : [],
    );
  });
});

describe('the events of a stack', () => {
  test('belong to its operations, of which a rollback is one', async () => {
    const { client, sandbox } = await withTaken();
    const template = templateOf({ First: logGroup('first'), Clash: { ...logGroup('taken'), DependsOn: 'First' } });
    const stack = await created(client, sandbox, template, notValidated);
    const [rollback, creation] = stack.LastOperations ?? [];
    expect([creation?.OperationType, rollback?.OperationType]).toEqual(['CREATE_STACK', 'ROLLBACK']);
    const { OperationEvents = [] } = await client.send(
      new DescribeEventsCommand({ OperationId: rollback?.OperationId }),
    );
    expect(OperationEvents.map(({ LogicalResourceId: id, EventType: type }) => [id, type]).reverse()).toEqual([
      ['letters', 'STACK_EVENT'],
      ['Clash', 'PROGRESS_EVENT'],
      ['First', 'PROGRESS_EVENT'],
      ['First', 'PROGRESS_EVENT'],
      ['letters', 'STACK_EVENT'],
    ]);
    expect(new Set(OperationEvents.map(({ OperationStatus }) => OperationStatus))).toEqual(new Set(['SUCCEEDED']));
    const [failure] = await failures(client, { StackName: 'letters', OperationId: creation?.OperationId });
    expect(failure).toMatchObject({
      EventType: 'PROVISIONING_ERROR',
      LogicalResourceId: 'Clash',
      OperationStatus: 'FAILED',
    });
  });

  test('are those of one operation at a time', async () => {
    const { client, sandbox } = await cloudFormation();
    await created(client, sandbox, templateOf(logs));
    await updated(client, sandbox, templateOf({ New: logGroup('new') }));
    const stack = await described(client, 'letters');
    expect(stack.LastOperations?.map(({ OperationType }) => OperationType)).toEqual(['UPDATE_STACK', 'CREATE_STACK']);
    const kept = sandbox.cloudFormation.stacks.find({ account, region }, 'letters');
    expect(kept?.operations.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test.each([
    ['nothing', {}, 'One of ChangeSetName, OperationId or StackName must be specified'],
    ['an operation that nobody began', { OperationId: 'none' }, 'Operation [none] does not exist'],
    ['a stack that is not there', { StackName: 'none' }, 'Stack with id none does not exist'],
  ])('are refused for %s', async (_, of, message) => {
    const { client } = await cloudFormation();
    await expect(client.send(new DescribeEventsCommand(of))).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  });

  test('are refused to those who may not see them', async () => {
    const { client, sandbox } = await cloudFormation([
      allow(['cloudformation:CreateStack', 'cloudformation:DescribeStacks', 'logs:*']),
    ]);
    await created(client, sandbox, templateOf(logs));
    await expect(client.send(new DescribeEventsCommand({ StackName: 'letters' }))).rejects.toThrow(
      'is not authorized to perform: cloudformation:DescribeEvents',
    );
  });
});
