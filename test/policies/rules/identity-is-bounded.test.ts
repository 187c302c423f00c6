import { CfnResource } from 'aws-cdk-lib/core';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { Json } from '@crosswind/aws/json';
import { guardNames } from '../../../policies/organization/guarded.ts';
import { identityIsBounded } from '../../../policies/rules/identity-is-bounded.ts';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { stackWith, synthesized } from '../../synthesized.ts';
import { resource, testRule } from './test-rule.ts';

const arn = `arn:aws:iam::111111111111:policy/${guardNames.boundary}`;
const bounded = (PermissionsBoundary?: Json) =>
  resource('AWS::IAM::Role', 'Role', PermissionsBoundary === undefined ? {} : { PermissionsBoundary });
const unbounded = { at: 'Role', property: 'Properties.PermissionsBoundary' };

testRule(identityIsBounded, {
  valid: {
    'a role with the boundary of its account': bounded(arn),
    'the boundary put together': bounded({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${guardNames.boundary}`,
    }),
    'no role at all': resource('AWS::SQS::Queue', 'Queue', {}),
  },
  invalid: {
    'a role without boundary': { ...unbounded, given: bounded(), message: `expected the boundary ${arn}, got none` },
    'a boundary that bounds nothing': {
      ...unbounded,
      given: bounded('arn:aws:iam::aws:policy/AdministratorAccess'),
      message: 'got arn:aws:iam::aws:policy/AdministratorAccess',
    },
    'the boundary of another account': {
      ...unbounded,
      given: bounded(arn.replace('111111111111', '222222222222')),
      message: 'got arn:aws:iam::222222222222',
    },
    'a boundary that only the deployment knows': {
      ...unbounded,
      given: bounded({ 'Fn::ImportValue': 'boundary' }),
      message: 'one that only the deployment knows',
    },
    'a user': {
      given: resource('AWS::IAM::User', 'User', { PermissionsBoundary: arn }),
      at: 'User',
      property: 'Type',
      message: 'it is a user',
      fix: 'Write a role',
    },
  },
});

const kinds = new Map([['444444444444', 'workload' as const]]);

/** Logical ids of the roles of a stack that are found, whichever way they came into it. */
const found = (build: Parameters<typeof stackWith>[0]) => {
  const { template } = stackWith(build);
  const stack = assembled(template.toJSON(), { account: '444444444444', region: 'us-east-1' });
  return identityIsBounded.check(evidenceOf([stack], { runbooks: [], kinds })).map(({ logicalId }) => logicalId);
};

const trust = { Version: '2012-10-17', Statement: [] };

test('finds a role whose boundary an override deletes, and one that no construct of IAM made', () => {
  const PermissionsBoundary = arn.replace('111111111111', '444444444444');
  const ids = found((scope) => {
    new CfnRole(scope, 'Kept', { assumeRolePolicyDocument: trust, permissionsBoundary: PermissionsBoundary });
    const deleted = new Role(scope, 'Deleted', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    (deleted.node.defaultChild as CfnRole).permissionsBoundary = PermissionsBoundary;
    (deleted.node.defaultChild as CfnRole).addPropertyDeletionOverride('PermissionsBoundary');
    new CfnResource(scope, 'Raw', { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: trust } });
  });
  expect(ids).toEqual([expect.stringMatching(/^Deleted/), 'Raw']);
});

test('finds nothing in the platform, and every role of it without its boundary', () => {
  const { assembled: stacks } = synthesized();
  const all = new Map(stacks.map(({ account }) => [account, 'workload' as const]));
  expect(identityIsBounded.check(evidenceOf(stacks, { runbooks: [], kinds: all }))).toEqual([]);
  const stripped = JSON.parse(
    JSON.stringify(stacks.map(({ template }) => template)).replaceAll('"PermissionsBoundary"', '"Gone"'),
  ) as object[];
  const roles = stacks.flatMap(({ template }) =>
    Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role'),
  );
  const findings = identityIsBounded.check(
    evidenceOf(
      stacks.map((stack, index) => ({ ...stack, template: stripped[index] as typeof stack.template })),
      { runbooks: [], kinds: all },
    ),
  );
  expect(roles.length).toBeGreaterThan(15);
  expect(new Set(findings.map(({ path }) => path)).size).toBe(roles.length);
});
