import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, lambda, type LiteralStack, policy, type Resources, role, states } from '../../src/testing/literals.ts';
import { account, withProperties } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';
import type { Sandbox } from '../../src/sandbox.ts';

const roleArn = `arn:aws:iam::${account}:role/reader`;
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const limitsArn = `arn:aws:iam::${account}:policy/limits`;

const stack = (resources: Resources): LiteralStack => ({ account, resources });
const reader = (actions: Json, properties: JsonObject = {}): TemplateResource =>
  withProperties(role('reader', lambda, allow(actions)), properties);
const managed = (action: string, properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    ManagedPolicyName: 'limits',
    PolicyDocument: { Version: '2012-10-17', Statement: [allow(action)] },
    ...properties,
  },
});
const attached = (roles: readonly string[], action: string): TemplateResource => ({
  ...policy(roles, allow(action)),
  DependsOn: ['Reader', 'Writer'],
});

/** True if the role `name` may do that. */
function may({ authorize }: Sandbox, action: string, name = 'reader'): boolean {
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${name}/test`;
  const principal = { kind: 'role', roleArn: `arn:aws:iam::${account}:role/${name}`, sessionArn, account } as const;
  return authorize({ principal, action, resource: '*', resourceAccount: account, context: {} }).allowed;
}

describe('an update of a role', () => {
  test('replaces its own policies and keeps those of other resources', async () => {
    const Attached = { ...policy(['reader'], allow('s3:DeleteObject')), DependsOn: 'Reader' };
    const { sandbox, update } = await handled(stack({ Reader: reader('s3:GetObject'), Attached }), 'Reader');
    await update(stack({ Reader: reader('s3:PutObject'), Attached }));
    expect(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].filter((action) => may(sandbox, action))).toEqual([
      's3:PutObject',
      's3:DeleteObject',
    ]);
  });

  test.each<[string, JsonObject, JsonObject, string, readonly [boolean, boolean]]>([
    ['attaches a managed policy', {}, { ManagedPolicyArns: [basic] }, 'logs:PutLogEvents', [false, true]],
    ['detaches a managed policy', { ManagedPolicyArns: [basic] }, {}, 'logs:PutLogEvents', [true, false]],
    ['sets a boundary', {}, { PermissionsBoundary: basic }, 's3:GetObject', [true, false]],
    ['removes a boundary', { PermissionsBoundary: basic }, {}, 's3:GetObject', [false, true]],
    ['removes an inline policy', {}, { Policies: [] }, 's3:GetObject', [true, false]],
  ])('%s', async (_, before, after, action, [first, then]) => {
    const { sandbox, update } = await handled(stack({ Reader: reader('s3:GetObject', before) }), 'Reader');
    expect(may(sandbox, action)).toBe(first);
    await update(stack({ Reader: reader('s3:GetObject', after) }));
    expect(may(sandbox, action)).toBe(then);
  });

  test('replaces the trust policy', async () => {
    const { sandbox, update } = await handled(stack({ Reader: role('reader', lambda) }), 'Reader');
    const assumed = () =>
      sandbox.sessions.assumeRole({ kind: 'service', service: 'states.amazonaws.com' }, roleArn, 'one', {}).ok;
    expect(assumed()).toBe(false);
    await update(stack({ Reader: role('reader', states) }));
    expect(assumed()).toBe(true);
  });

  test('that IAM refuses changes nothing', async () => {
    const { sandbox, update } = await handled(stack({ Reader: reader('s3:GetObject') }), 'Reader');
    const wrong = { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Maybe' }] } };
    const refused = await refusal(() => update(stack({ Reader: reader('s3:PutObject', wrong) })));
    expect(refused).toMatch(/^MalformedPolicyDocument: trust policy of reader is not a valid policy/);
    expect([may(sandbox, 's3:GetObject'), may(sandbox, 's3:PutObject')]).toEqual([true, false]);
  });

  test('is refused for a role that is gone', async () => {
    const { update, remove } = await handled(stack({ Reader: reader('s3:GetObject') }), 'Reader');
    await remove();
    const refused = await refusal(() => update(stack({ Reader: reader('s3:PutObject') })));
    expect(refused).toBe('NoSuchEntity: The role with name reader cannot be found.');
  });
});

describe('the deletion of a role', () => {
  test('takes its own policies away, frees its name, and is repeated without an error', async () => {
    const literal = stack({ Reader: reader('s3:GetObject', { ManagedPolicyArns: [basic] }) });
    const { sandbox, remove, read } = await handled(literal, 'Reader');
    await remove();
    expect(sandbox.identities.role(roleArn)).toBeUndefined();
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
    expect(may(sandbox, 's3:GetObject')).toBe(false);
  });

  test.each<[string, Resources, string]>([
    [
      'an inline policy of another resource',
      { Foreign: { ...policy(['reader'], allow('s3:*')), DependsOn: 'Reader' } },
      'DeleteConflict: Cannot delete entity, must delete policies first.',
    ],
    [
      'a managed policy of another resource',
      { Foreign: { ...managed('s3:*', { Roles: ['reader'] }), DependsOn: 'Reader' } },
      'DeleteConflict: Cannot delete entity, must detach all policies first.',
    ],
  ])('is refused because of %s, until that is gone', async (_, foreign, expected) => {
    const literal = stack({ Reader: reader('s3:GetObject'), ...foreign });
    const { sandbox, remove } = await handled(literal, 'Reader');
    expect(await refusal(remove)).toBe(expected);
    expect(may(sandbox, 's3:GetObject')).toBe(true);
    await inHand(sandbox, literal, 'Foreign').remove();
    expect(await refusal(remove)).toBeUndefined();
  });
});

describe('a role reads as its template', () => {
  const details = { Description: 'Reads', MaxSessionDuration: 7_200, PermissionsBoundary: readOnly };

  test('with everything that it is now', async () => {
    const Reader = reader('s3:GetObject', { ...details, ManagedPolicyArns: [basic] });
    const { read } = await handled(stack({ Reader }), 'Reader');
    expect(read()).toEqual(Reader.Properties);
  });

  test('without policies of other resources of its stack, and with those that came past it', async () => {
    const Reader = reader('s3:GetObject', details);
    const Inline = { ...policy(['reader'], allow('s3:*')), DependsOn: 'Reader' };
    const Managed = { ...managed('s3:*', { Roles: ['reader'] }), DependsOn: 'Reader' };
    const { sandbox, read } = await handled(stack({ Reader, Inline, Managed }), 'Reader');
    expect(read()).toEqual(Reader.Properties);
    const document = { Version: '2012-10-17', Statement: allow('*') };
    sandbox.identities.role(roleArn)?.policies.push({ name: 'x', inlineName: 'mine', document: document as never });
    expect(read()?.['Policies']).toEqual([
      ...(Reader.Properties?.['Policies'] as readonly Json[]),
      { PolicyName: 'mine', PolicyDocument: document },
    ]);
  });
});

describe('an inline policy', () => {
  const both = { Reader: role('reader', lambda), Writer: role('writer', lambda) };

  test.each<[string, readonly string[], string, JsonObject, readonly string[]]>([
    ['gets another document', ['reader'], 's3:PutObject', {}, ['reader s3:PutObject']],
    [
      'goes to a further role',
      ['reader', 'writer'],
      's3:GetObject',
      {},
      ['reader s3:GetObject', 'writer s3:GetObject'],
    ],
    ['leaves a role', ['writer'], 's3:GetObject', {}, ['writer s3:GetObject']],
    ['gets another name', ['reader'], 's3:PutObject', { PolicyName: 'other' }, ['reader s3:PutObject']],
  ])('%s by an update', async (_, roles, action, properties, expected) => {
    const literal = stack({ ...both, Attached: attached(['reader'], 's3:GetObject') });
    const { sandbox, update, read } = await handled(literal, 'Attached');
    const after = withProperties(attached(roles, action), properties);
    await update(stack({ ...both, Attached: after }));
    const allowed = ['reader', 'writer'].flatMap((name) =>
      ['s3:GetObject', 's3:PutObject'].flatMap((each) => (may(sandbox, each, name) ? [`${name} ${each}`] : [])),
    );
    expect(allowed).toEqual(expected);
    expect(read()).toEqual(after.Properties);
  });

  test('of a role that is not there is refused, and no role changes', async () => {
    const literal = stack({ ...both, Attached: attached(['reader'], 's3:GetObject') });
    const { sandbox, update } = await handled(literal, 'Attached');
    const after = stack({ ...both, Attached: attached(['reader', 'missing'], 's3:PutObject') });
    expect(await refusal(() => update(after))).toBe('NoSuchEntity: The role with name missing cannot be found.');
    expect([may(sandbox, 's3:GetObject'), may(sandbox, 's3:PutObject')]).toEqual([true, false]);
  });

  test('is deleted from each role, also after a role is gone', async () => {
    const literal = stack({ ...both, Attached: attached(['reader', 'writer'], 's3:GetObject') });
    const { sandbox, remove, read } = await handled(literal, 'Attached');
    sandbox.identities.removeRole(roleArn);
    await remove();
    expect(may(sandbox, 's3:GetObject', 'writer')).toBe(false);
    expect(read()).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
  });
});

describe('a managed policy', () => {
  const withPolicy = (action: string, properties: JsonObject = {}): LiteralStack =>
    stack({
      Limits: managed(action),
      Reader: { ...role('reader', lambda), ...reader('s3:GetObject', properties), DependsOn: 'Limits' },
    });

  test('changes for roles that attach it and for roles that it bounds', async () => {
    const literal = stack({
      Limits: managed('s3:GetObject'),
      Reader: reader('s3:*', { PermissionsBoundary: { Ref: 'Limits' } }),
      Writer: withProperties(role('writer', lambda), { ManagedPolicyArns: [{ Ref: 'Limits' }] }),
    });
    const { sandbox, update, read } = await handled(literal, 'Limits');
    const allowed = () =>
      ['reader', 'writer'].flatMap((name) =>
        ['s3:GetObject', 's3:PutObject'].flatMap((each) => (may(sandbox, each, name) ? [`${name} ${each}`] : [])),
      );
    expect(allowed()).toEqual(['reader s3:GetObject', 'writer s3:GetObject']);
    await update({ ...literal, resources: { ...literal.resources, Limits: managed('s3:PutObject') } });
    expect(allowed()).toEqual(['reader s3:PutObject', 'writer s3:PutObject']);
    expect(read()).toEqual(managed('s3:PutObject').Properties);
  });

  test('goes to roles and leaves roles by an update of its own', async () => {
    const both = { Reader: role('reader', lambda), Writer: role('writer', lambda) };
    const limits = (roles: readonly string[]) => ({
      ...managed('s3:GetObject', { Roles: roles }),
      DependsOn: ['Reader', 'Writer'],
    });
    const { sandbox, update } = await handled(stack({ ...both, Limits: limits(['reader']) }), 'Limits');
    await update(stack({ ...both, Limits: limits(['writer']) }));
    expect(['reader', 'writer'].filter((name) => may(sandbox, 's3:GetObject', name))).toEqual(['writer']);
  });

  test.each<[string, JsonObject]>([
    ['attached', { ManagedPolicyArns: [limitsArn] }],
    ['a boundary', { PermissionsBoundary: limitsArn }],
  ])('is not deleted while it is %s, and then it is', async (_, properties) => {
    const literal = withPolicy('s3:*', properties);
    const { sandbox, remove } = await handled(literal, 'Limits');
    expect(await refusal(remove)).toBe('DeleteConflict: Cannot delete a policy attached to entities.');
    await inHand(sandbox, literal, 'Reader').remove();
    expect(await refusal(remove)).toBeUndefined();
    expect(sandbox.identities.managedPolicy(limitsArn)).toBeUndefined();
    expect(await refusal(remove)).toBeUndefined();
  });

  test('detaches itself from the roles of its own property when it is deleted', async () => {
    const Limits = { ...managed('s3:PutObject', { Roles: ['reader'] }), DependsOn: 'Reader' };
    const { sandbox, remove } = await handled(stack({ Reader: reader('s3:GetObject'), Limits }), 'Limits');
    expect(may(sandbox, 's3:PutObject')).toBe(true);
    expect(await refusal(remove)).toBeUndefined();
    expect(may(sandbox, 's3:PutObject')).toBe(false);
  });

  test('has a name that is taken once', async () => {
    const { create, remove } = await handled(stack({ Limits: managed('s3:*') }), 'Limits');
    expect(await refusal(create)).toBe(
      'EntityAlreadyExists: A policy called limits already exists. Duplicate names are not allowed.',
    );
    await remove();
    expect(await refusal(create)).toBeUndefined();
  });
});
