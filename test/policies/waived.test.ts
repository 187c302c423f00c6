import { CfnRole, Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { Ledger } from '../../policies/ledger.ts';
import { nagPlugin } from '../../policies/nag-plugin.ts';
import { waived } from '../../policies/waived.ts';
import type { Waiver } from '../../policies/waiver.ts';
import { complaints, judged } from './judged.ts';

const why = { reason: 'it is a test', owner: 'test-team', reviewAt: '1.0.0' } as const;
const noLogs: Waiver = { rule: 'AwsSolutions-S1', path: 'Alone/*/Resource', ...why };
const noTls: Waiver = { rule: 'AwsSolutions-S10', path: 'Alone/First/Resource', ...why };
const onEverything: Waiver = { rule: 'AwsSolutions-IAM5[Resource::\\*]', path: '*', ...why };

const assumedBy = new ServicePrincipal('lambda.amazonaws.com');

/** Two open buckets and two roles that may read much. */
function openStack(stack: Stack): void {
  new Bucket(stack, 'First');
  new Bucket(stack, 'Second');
  for (const [id, resource] of [
    ['All', '*'],
    ['Some', 'arn:aws:s3:::some/*'],
  ] as const) {
    new Role(stack, id, { assumedBy }).addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] }),
    );
  }
}

const found = (build: (stack: Stack) => void, ...waivers: readonly Waiver[]): readonly string[] =>
  complaints(judged(build, waived(nagPlugin(), new Ledger(waivers))));

const all = [
  'AwsSolutions-IAM5[Resource::*] Alone/All/DefaultPolicy/Resource',
  'AwsSolutions-IAM5[Resource::arn:aws:s3:::some/*] Alone/Some/DefaultPolicy/Resource',
  'AwsSolutions-S1 Alone/First/Resource',
  'AwsSolutions-S1 Alone/Second/Resource',
  'AwsSolutions-S10 Alone/First/Resource',
  'AwsSolutions-S10 Alone/Second/Resource',
];
const allBut = (...accepted: readonly string[]): readonly string[] => all.filter((one) => !accepted.includes(one));

describe('a synth', () => {
  test('without waivers reports every finding', () => {
    expect(found(openStack)).toEqual(all);
  });

  test.each([
    ['a rule on one resource', noTls, allBut('AwsSolutions-S10 Alone/First/Resource')],
    ['a rule wherever the path fits', noLogs, all.filter((one) => !one.includes('-S1 '))],
    [
      'the actions of a waiver on resource *',
      { ...onEverything, actions: ['s3:GetObject'] },
      allBut('AwsSolutions-IAM5[Resource::*] Alone/All/DefaultPolicy/Resource'),
    ],
  ])('reports all but %s', (_, waiver, left) => {
    expect(found(openStack, waiver)).toEqual(left);
  });

  test.each([
    ['a rule that nothing breaks', { ...noLogs, rule: 'AwsSolutions-S2' }],
    ['a path that nothing has', { ...noTls, path: 'Alone/Third/Resource' }],
    ['other actions on resource *', { ...onEverything, actions: ['s3:DeleteObject'] }],
  ])('reports every finding in spite of a waiver for %s', (_, waiver) => {
    expect(found(openStack, waiver)).toEqual(all);
  });

  test('succeeds when everything is waived, and lists it with reason and owner', () => {
    const { pluginReports } = judged(
      (stack) => new Bucket(stack, 'First', { enforceSSL: true }),
      waived(nagPlugin(), new Ledger([noLogs])),
    );
    expect(pluginReports).toMatchObject([
      {
        pluginName: 'AwsSolutions',
        conclusion: 'success',
        violations: [],
        suppressedViolations: [{ ruleName: 'AwsSolutions-S1', reason: 'it is a test (test-team)' }],
      },
    ]);
  });

  test('fails as long as one finding is left', () => {
    const { pluginReports } = judged(openStack, waived(nagPlugin(), new Ledger([noLogs, noTls])));
    expect(pluginReports.map(({ conclusion }) => conclusion)).toEqual(['failure']);
  });
});

describe('the actions on resource * are seen', () => {
  const read = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
  const remove = new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['*'] });
  const elsewhere = new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['arn:aws:s3:::some'] });
  const mayRead = { ...onEverything, actions: ['s3:GetObject'] };

  const denied = new PolicyStatement({ effect: Effect.DENY, actions: ['s3:DeleteObject'], resources: ['*'] });

  const role = (stack: Stack, ...statements: readonly PolicyStatement[]): void => {
    const built = new Role(stack, 'Role', { assumedBy });
    for (const statement of statements) built.addToPolicy(statement);
  };
  const managed = (stack: Stack, ...statements: readonly PolicyStatement[]): void => {
    new ManagedPolicy(stack, 'Policy', { statements: [...statements] });
  };
  const inline = (stack: Stack, ...statements: readonly PolicyStatement[]): void => {
    new CfnRole(stack, 'Role', {
      assumeRolePolicyDocument: {},
      policies: [
        { policyName: 'p', policyDocument: { Statement: statements.map((one) => one.toStatementJson() as unknown) } },
      ],
    });
  };

  test('but for those that are denied', () => {
    const build = (stack: Stack): void => {
      role(stack, read, denied);
    };
    expect(found(build, mayRead)).toEqual([]);
    expect(found(build)).toHaveLength(1);
  });

  test.each([
    ['a policy of a role', role],
    ['a managed policy', managed],
    ['a policy inside of a role', inline],
  ])('in %s', (_, build) => {
    expect(
      found((stack) => {
        build(stack, read, elsewhere);
      }, mayRead),
    ).toEqual([]);
    expect(
      found((stack) => {
        build(stack, read, remove);
      }, mayRead),
    ).toHaveLength(1);
  });
});
