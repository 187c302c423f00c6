import type { Json, JsonObject } from '@crosswind/aws/json';
import { foreignTrustIsBound } from '../../../policies/rules/foreign-trust-is-bound.ts';
import { resource, testRule } from './test-rule.ts';

const foreignRoot = 'arn:aws:iam::222222222222:root';

/** A role in account 111111111111 that trusts `principal`. */
const role = (principal: Json, condition: JsonObject = {}, effect = 'Allow') =>
  resource('AWS::IAM::Role', 'Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: effect, Action: 'sts:AssumeRole', Principal: principal, Condition: condition }],
    },
  });
const foreign = (condition: JsonObject) => role({ AWS: foreignRoot }, condition);
const finding = { at: 'Role', property: 'Properties.AssumeRolePolicyDocument' };

testRule(foreignTrustIsBound, {
  valid: {
    'a service': role({ Service: 'lambda.amazonaws.com' }),
    'an identity provider': role({ Federated: 'arn:aws:iam::111111111111:saml-provider/sign-on' }),
    'the own account by its number': role({ AWS: '111111111111' }),
    'the own account by its root': role({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }),
    'a role of the same stack': {
      ...resource('AWS::IAM::Role', 'Other', {}),
      ...role({ AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }),
    },
    'another account with an external id': foreign({ StringEquals: { 'sts:ExternalId': 'parent' } }),
    'a condition key in other letters, as IAM reads it': foreign({ StringEquals: { 'STS:ExternalID': 'parent' } }),
    'another account of the organization': foreign({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }),
    'everybody in a unit of the organization': role(
      { AWS: '*' },
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-exampleorg1/*' } },
    ),
    'another account that is denied': role({ AWS: foreignRoot }, {}, 'Deny'),
  },
  invalid: {
    'another account without a condition': {
      ...finding,
      given: foreign({}),
      message: `it trusts ${foreignRoot} without such a condition`,
    },
    'another account by its number': { ...finding, given: role({ AWS: '222222222222' }), message: '222222222222' },
    'another account beside the own one': {
      ...finding,
      given: role({ AWS: ['111111111111', foreignRoot] }),
      message: foreignRoot,
    },
    everybody: { ...finding, given: role('*'), message: 'it trusts * ' },
    'everybody with an account': { ...finding, given: role({ AWS: '*' }), message: 'it trusts * ' },
    'everybody but somebody': {
      ...finding,
      given: resource('AWS::IAM::Role', 'Role', {
        AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', NotPrincipal: { AWS: foreignRoot } } },
      }),
      message: 'everybody but',
    },
    'a principal that only the deployment knows': {
      ...finding,
      given: role({ AWS: { 'Fn::ImportValue': 'role' } }),
      message: '<unresolved>',
    },
    'a condition that passes where the key is absent': {
      ...finding,
      given: foreign({ StringEqualsIfExists: { 'sts:ExternalId': 'parent' } }),
      message: foreignRoot,
    },
    'a condition on all values, which passes where there is none': {
      ...finding,
      given: foreign({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-exampleorg1/' } }),
      message: foreignRoot,
    },
    'a condition that excludes somebody': {
      ...finding,
      given: foreign({ StringNotEquals: { 'sts:ExternalId': 'parent' } }),
      message: foreignRoot,
    },
    'an external id that is anything': {
      ...finding,
      given: foreign({ StringLike: { 'sts:ExternalId': '*a*' } }),
      message: foreignRoot,
    },
    'a condition on something else': {
      ...finding,
      given: foreign({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/parent' } }),
      message: foreignRoot,
    },
  },
});
