import type { Json, JsonObject } from '@crosswind/aws/json';
import { federatedTrustIsBound } from '../../../policies/rules/federated-trust-is-bound.ts';
import { resource, testRule } from './test-rule.ts';

const role = (federated: Json, condition: JsonObject = {}, more: JsonObject = {}) =>
  resource('AWS::IAM::Role', 'Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: federated },
          Condition: condition,
          ...more,
        },
      ],
    },
  });
const provider = (issuer: string): string => `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const gitHub = 'token.actions.githubusercontent.com';
const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const fromGitHub = (condition: JsonObject) =>
  role(provider(gitHub), { StringEquals: { [`${gitHub}:aud`]: 'sts.amazonaws.com' }, ...condition });
const subject = (operator: string, value: Json) => fromGitHub({ [operator]: { [`${gitHub}:sub`]: value } });
const saml = 'arn:aws:iam::111111111111:saml-provider/sign-on';
const bySaml = { Action: 'sts:AssumeRoleWithSAML' };
const finding = { at: 'Role', property: 'Properties.AssumeRolePolicyDocument' };

testRule(federatedTrustIsBound, {
  valid: {
    'a branch of a repository': subject('StringLike', 'repo:example-org/letters:ref:refs/heads/main'),
    'every repository of an organization': subject('StringLike', 'repo:example-org/*'),
    'a provider of the same stack': {
      ...resource('AWS::IAM::OIDCProvider', 'Provider', { Url: `https://${gitHub}` }),
      ...role(
        { Ref: 'Provider' },
        { StringEquals: { [`${gitHub}:sub`]: 'repo:example-org/letters:environment:prod' } },
      ),
    },
    'an identity pool': role('cognito-identity.amazonaws.com', {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:12345678-1234-1234-1234-123456789012' },
    }),
    'a service account of a cluster': role(provider(cluster), {
      StringEquals: { [`${cluster}:sub`]: 'system:serviceaccount:letters:reader' },
    }),
    'an audience of SAML': role(saml, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, bySaml),
    'a provider that is denied': role(provider(gitHub), {}, { Effect: 'Deny' }),
    'a service': resource('AWS::IAM::Role', 'Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    }),
  },
  invalid: {
    'a provider without a condition': {
      ...finding,
      given: role(provider(gitHub)),
      message: `it trusts ${provider(gitHub)} without a condition on ${gitHub}:sub: {"Effect":"Allow"`,
    },
    'the audience alone, which all repositories share': { ...finding, given: fromGitHub({}), message: `${gitHub}:sub` },
    'any subject': { ...finding, given: subject('StringLike', '*'), message: `${gitHub}:sub` },
    'any repository': { ...finding, given: subject('StringLike', 'repo:*'), message: `${gitHub}:sub` },
    'owners whose names begin alike': {
      ...finding,
      given: subject('StringLike', 'repo:example-org*'),
      message: ':sub',
    },
    'a repository of any owner': { ...finding, given: subject('StringLike', 'repo:*/letters'), message: ':sub' },
    'one owner or any': { ...finding, given: subject('StringLike', ['repo:example-org/*', 'repo:*']), message: ':sub' },
    'a condition that passes where the subject is absent': {
      ...finding,
      given: subject('StringLikeIfExists', 'repo:example-org/*'),
      message: ':sub',
    },
    'a condition on all values, which passes where there is none': {
      ...finding,
      given: subject('ForAllValues:StringLike', 'repo:example-org/*'),
      message: ':sub',
    },
    'the subject of another provider': {
      ...finding,
      given: role(provider('login.example.com'), { StringEquals: { [`${gitHub}:sub`]: 'repo:example-org/letters' } }),
      message: 'login.example.com',
    },
    'any service account of a cluster': {
      ...finding,
      given: role(provider(cluster), { StringEquals: { [`${cluster}:aud`]: 'sts.amazonaws.com' } }),
      message: `${cluster}:sub`,
    },
    'every user of every identity pool': {
      ...finding,
      given: role('cognito-identity.amazonaws.com', {
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }),
      message: 'cognito-identity.amazonaws.com:aud',
    },
    'SAML without a condition': { ...finding, given: role(saml, {}, bySaml), message: 'SAML:aud' },
    'a provider that only the deployment knows': {
      ...finding,
      given: role({ 'Fn::ImportValue': 'provider' }),
      message: '<unresolved>',
    },
  },
});
