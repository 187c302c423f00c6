import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type RoleResource, rolesOf } from '@crosswind/assembly/roles';
import { isObject, listOf, objectOf } from '@crosswind/aws/json';
import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import { describe, expect, test } from 'vitest';
import { platformOf, platformText, stackAt, synthesize } from '../../synthesized.ts';
import { accounts, type Actor, decided, execution, roleOfStack, secondWorkload, withPolicies } from './decided.ts';

/** Two tenants of one workload, each stage of both in one account. */
const { stacks } = synthesize(
  platformOf(`${platformText}
  - name: second
    workload: word-count
    owner: numbers-team
    waves:
      dev: { parent: word-parent-dev, child: word-child-dev }
`),
);
const [first, second] = ['word-count', 'second'].map((tenant) => stackAt(stacks, `Crosswind/dev-${tenant}/Child`)) as [
  Stack,
  Stack,
];
const [firstParent, secondParent] = ['word-count', 'second'].map((tenant) =>
  stackAt(stacks, `Crosswind/dev-${tenant}/Parent`),
) as [Stack, Stack];

const actorOf = ({ name, account, policies }: RoleResource): Actor =>
  withPolicies(roleOfStack(name, 'workload', account), ...(policies as unknown as readonly PolicySource[]));

const policyOf = ({ resources }: Stack, bucket: Resource): readonly StatementJson[] => {
  const policy = resources.find(
    ({ type, properties }) => type === 'AWS::S3::BucketPolicy' && properties['Bucket'] === bucket.name,
  );
  return listOf(objectOf(policy?.properties['PolicyDocument'])['Statement']).filter(
    isObject,
  ) as unknown as readonly StatementJson[];
};

/** Calls at run time for a resource, by its type. */
const calls: Readonly<Record<string, readonly (readonly [action: string, on: (arn: string) => string])[]>> = {
  'AWS::S3::Bucket': [
    ['s3:GetObject', (arn) => `${arn}/executions/1`],
    ['s3:GetObject', (arn) => `${arn}/map-runs/1`],
    ['s3:PutObject', (arn) => `${arn}/executions/1`],
    ['s3:PutObject', (arn) => `${arn}/map-runs/1`],
    ['s3:ListBucket', (arn) => arn],
  ],
  'AWS::StepFunctions::StateMachine': [
    ['states:StartExecution', (arn) => arn],
    ['states:StopExecution', (arn) => `${arn.replace(':stateMachine:', ':execution:')}:1`],
    ['states:DescribeExecution', (arn) => `${arn.replace(':stateMachine:', ':execution:')}:1`],
  ],
  'AWS::Lambda::Function': [['lambda:InvokeFunction', (arn) => arn]],
};

/** Calls that roles of one stack may make for resources of another. */
function reached(from: Stack, to: Stack, as: (role: RoleResource) => Actor = actorOf): readonly string[] {
  return rolesOf(from).flatMap((role) =>
    to.resources.flatMap((resource) =>
      (calls[resource.type] ?? [])
        .filter(([action, on]) => {
          const { type, arn = '' } = resource;
          const statements = type === 'AWS::S3::Bucket' ? policyOf(to, resource) : [];
          return (
            decided({
              by: as(role),
              action,
              on: on(arn),
              of: to.account,
              context: { 'aws:SecureTransport': 'true' },
              ...(statements.length > 0 && { resource: statements }),
            }) === 'allowed'
          );
        })
        .map(([action]) => action),
    ),
  );
}

const everything = ({ name, account }: RoleResource): Actor => roleOfStack(name, 'workload', account);

describe('two tenants in one account, at run time', () => {
  test('reach what is theirs', () => {
    for (const stack of [first, second]) {
      expect([...new Set(reached(stack, stack))].sort()).toEqual([
        'lambda:InvokeFunction',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'states:DescribeExecution',
        'states:StartExecution',
        'states:StopExecution',
      ]);
    }
  });

  test('reach nothing of each other', () => {
    expect(first.account).toBe(second.account);
    expect([reached(first, second), reached(second, first)]).toEqual([[], []]);
  });

  test('start the workflows of their own tenant alone across accounts', () => {
    const assumes = (parent: Stack, child: Stack) => {
      const target = rolesOf(child).find(({ name }) => name.endsWith('-target'));
      const trust = listOf(target?.trust['Statement']).filter(isObject) as unknown as readonly StatementJson[];
      const [by] = rolesOf(parent)
        .filter(({ name }) => name.endsWith('-parent'))
        .map(actorOf);
      if (by === undefined) throw new Error(`${parent.path} has no role of its workflow`);
      const machine = parent.resources.find(
        ({ type, name }) => type === 'AWS::StepFunctions::StateMachine' && name.endsWith('-parent'),
      );
      return decided({
        by,
        action: 'sts:AssumeRole',
        on: target?.arn ?? '',
        of: child.account,
        resource: trust,
        context: { 'sts:ExternalId': machine?.arn ?? '' },
      });
    };
    expect([firstParent.account, first.account]).toEqual([secondWorkload, accounts.workload]);
    expect(assumes(firstParent, first)).toBe('allowed');
    expect(assumes(secondParent, second)).toBe('allowed');
    expect(assumes(firstParent, second)).toBe('not allowed by identity, resource');
    expect(assumes(secondParent, first)).toBe('not allowed by identity, resource');
  });

  test('have names and tags of their own', () => {
    const named = (stack: Stack) => stack.resources.map(({ arn }) => arn).filter((arn) => arn !== undefined);
    expect(named(first).length).toBeGreaterThan(10);
    expect(named(first).filter((arn) => named(second).includes(arn))).toEqual([]);
    const tenants = (stack: Stack) => [
      ...new Set(
        [...JSON.stringify(stack.resources).matchAll(/"Key":"tenant","Value":"([^"]+)"/g)].map(([, tenant]) => tenant),
      ),
    ];
    expect([tenants(first), tenants(second)]).toEqual([['word-count'], ['second']]);
  });

  test('are separated by their own policies and not by the boundary, which they share', () => {
    expect([...new Set(reached(first, second, everything))]).toContain('s3:GetObject');
  });
});

describe('two tenants in one account, at deployment', () => {
  test('are not separated: one execution role changes the stacks of both', () => {
    const changes = (stack: Stack) =>
      stack.resources
        .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
        .map(({ arn = '' }) => decided({ by: execution(), action: 'states:UpdateStateMachine', on: arn }));
    for (const stack of [first, second]) {
      expect(changes(stack).length).toBeGreaterThan(0);
      expect(new Set(changes(stack))).toEqual(new Set(['allowed']));
    }
  });
});

describe('two tenants in accounts of their own', () => {
  const elsewhere: Stack = { ...second, account: secondWorkload };
  const moved = (stack: Stack): Stack =>
    JSON.parse(JSON.stringify(stack).replaceAll(accounts.workload, secondWorkload)) as Stack;

  test('reach nothing of each other, whatever their own policies say', () => {
    expect(reached(first, moved(elsewhere), everything)).toEqual([]);
    expect(reached(first, second, everything)).not.toEqual([]);
  });

  test('are deployed by roles that do not reach the other account', () => {
    const arn = moved(elsewhere).resources.find(({ type }) => type === 'AWS::StepFunctions::StateMachine')?.arn ?? '';
    const change = { by: execution(), action: 'states:UpdateStateMachine', on: arn };
    expect(decided({ ...change, of: secondWorkload })).toMatch(/^not allowed by .*resource/);
  });
});
