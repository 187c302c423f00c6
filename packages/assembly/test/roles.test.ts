import { describe, expect, test } from 'vitest';
import { resolveStacks } from '../src/resolve.ts';
import { rolesOf } from '../src/roles.ts';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '../src/template.ts';
import { assembled } from '../src/testing/assembled.ts';

const document = (action: string): JsonObject => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'x' } }] };

function readRoles(role: JsonObject, others: Readonly<Record<string, TemplateResource>> = {}) {
  const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'it', AssumeRolePolicyDocument: trust, ...role } };
  return resolveStacks([assembled({ Resources: { Role, ...others } })]).flatMap(rolesOf);
}

describe('a role', () => {
  test('has its inline policies, and those that are attached to it', () => {
    const policy = (Roles: JsonObject[], action: string): TemplateResource => ({
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'attached', PolicyDocument: document(action), Roles },
    });
    const [role] = readRoles(
      { Policies: [{ PolicyName: 'inline', PolicyDocument: document('a:A') }] },
      { Mine: policy([{ Ref: 'Role' }], 'b:B'), Theirs: policy([], 'c:C') },
    );
    expect(role).toEqual({
      name: 'it',
      arn: 'arn:aws:iam::111111111111:role/it',
      account: '111111111111',
      trust,
      policies: [
        { name: 'inline', document: document('a:A') },
        { name: 'attached', document: document('b:B') },
      ],
    });
  });

  const managed = (properties: JsonObject): TemplateResource => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'managed', PolicyDocument: document('d:D'), ...properties },
  });

  test.each([
    ['named by the role', { ManagedPolicyArns: [{ Ref: 'Managed' }] }, {}],
    ['that names the role', {}, { Roles: [{ Ref: 'Role' }] }],
    ['that both name, once', { ManagedPolicyArns: [{ Ref: 'Managed' }] }, { Roles: ['it'] }],
  ])('has the managed policy %s', (_, role, policy) => {
    expect(readRoles(role, { Managed: managed(policy) })[0]?.policies).toEqual([
      { name: 'managed', document: document('d:D') },
    ]);
  });

  test('with a managed policy of AWS is refused, because its statements are not in the assembly', () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(() => readRoles({ ManagedPolicyArns: [arn] })).toThrow(`uses the managed policy ${arn}`);
  });
});
