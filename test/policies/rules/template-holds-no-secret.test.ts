import { describe, expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { Template } from '@crosswind/assembly/template';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { templateHoldsNoSecret } from '../../../policies/rules/template-holds-no-secret.ts';
import { resource, testRule } from './test-rule.ts';

const variables = (Variables: JsonObject) =>
  resource('AWS::Lambda::Function', 'Function', { Environment: { Variables } });
const variable = (name: string, value: Json) => variables({ [name]: value });
const project = (variable: JsonObject) =>
  resource('AWS::CodeBuild::Project', 'Project', { Environment: { EnvironmentVariables: [variable] } });

/** Texts that are put together here, so that no scanner of repositories takes them for secrets. */
const joined = (...parts: readonly string[]): string => parts.join('');
const random = joined('q7Rt2Lx9', 'Vb4Kp0Zs', 'Wm6Yc3Hd');
const keyId = joined('AK', 'IA', 'IOSFODNN7EXAMPLE');

const at = (name: string, what: string) => ({
  at: 'Function',
  property: `Properties.Environment.Variables.${name}`,
  message: `holds what looks like ${what} (in a text of`,
});

testRule(templateHoldsNoSecret, {
  valid: {
    settings: variables({ LOG_LEVEL: 'info', BATCH_SIZE: '100', TABLE: 'orders-123456' }),
    'a reference to a secret': variable('DB_PASSWORD', '{{resolve:secretsmanager:prod/db:SecretString:password}}'),
    'the ARN of a secret': variable('SECRET', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-1a2b3c'),
    'names and settings of secrets': variables({
      ...{ SECRET_NAME: random, TOKEN_TTL: '3600000000000000', SECRET_ARN: random, PASSWORD_LENGTH: '32', KEY: random },
    }),
    'a place where the secret is': variables({
      API_TOKEN: '/prod/orders/token1234567',
      WEBHOOK_SECRET: 'ssm://prod/token12',
    }),
    'a word under the name of a secret': variable('NEXT_TOKEN', 'continuation-marker'),
    'a value that only the deployment knows': variable('DB_PASSWORD', { 'Fn::GetAtt': ['Answer', 'Password'] }),
    hashes: resource('AWS::Lambda::Function', 'Function', {
      Code: { S3Key: `${'0123456789abcdef'.repeat(4)}.zip` },
      CodeSha256: 'Xr4ilOzQ4PCOq3aQ0qbuaQhJ1c2Zs3m2X9vT7nQwEr8=',
    }),
    'an expression of a workflow': resource('AWS::StepFunctions::StateMachine', 'Machine', {
      DefinitionString: JSON.stringify({
        StartAt: 'A',
        States: { A: { Type: 'Pass', Parameters: { 'Token.$': '$$.Task.Token', Password: '{% $states.input.p %}' } } },
      }),
    }),
    'a URL with a port, a user, and a password that is filled in later': variables({
      ONE: 'https://example.com:443/a@b',
      TWO: 'git://git@example.com/repository',
      THREE: 'postgres://user:${PASSWORD}@example.com/db',
      FOUR: 'postgres://user:{{resolve:secretsmanager:db:SecretString:password}}@example.com/db',
    }),
    'a build that reads a secret by its name': project({ Name: 'PASSWORD', Type: 'SECRETS_MANAGER', Value: 'prod/db' }),
  },
  invalid: {
    'an access key id': { given: variable('SETTING', `id ${keyId}`), ...at('SETTING', 'an AWS access key id') },
    'a key id that is put together': {
      given: variable('SETTING', { 'Fn::Join': ['', ['AK', 'IAIOSFODNN7EXAMPLE']] }),
      ...at('SETTING', 'an AWS access key id'),
    },
    'a private key': {
      given: variable('PEM', joined('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIEow')),
      ...at('PEM', 'a private key'),
    },
    'a GitHub token': { given: variable('A', joined('gh', 'p_', random, random)), ...at('A', 'a GitHub token') },
    'a GitLab token': { given: variable('A', joined('gl', 'pat-', random)), ...at('A', 'a GitLab token') },
    'a Slack token': { given: variable('A', joined('xo', 'xb-123456789012-', random)), ...at('A', 'a Slack token') },
    'a Slack webhook': {
      given: variable('A', joined('https://hooks.slack.com/services/', 'T0000000/B0000000/', random)),
      ...at('A', 'a Slack webhook'),
    },
    'a Stripe key': { given: variable('A', joined('sk', '_live_', random)), ...at('A', 'a Stripe key') },
    'an npm token': {
      given: variable('A', joined('np', 'm_', random, random.slice(0, 12))),
      ...at('A', 'an npm token'),
    },
    'a signed token': {
      given: variable('A', joined('ey', 'JhbGciOiJIUzI1NiJ9.ey', 'JzdWIiOiIxMjM0In0.', random)),
      ...at('A', 'a signed token'),
    },
    'a password in a URL': {
      given: variable('DATABASE', joined('postgres://user:', 'hunter2', '@example.com/db')),
      ...at('DATABASE', 'a password in a URL'),
    },
    'a password, however simple': {
      given: variable('DB_PASSWORD', 'hunter2'),
      ...at('DB_PASSWORD', 'the value of a secret called DB_PASSWORD'),
    },
    'a token that reads like chance': {
      given: variable('serviceToken', random),
      ...at('serviceToken', 'the value of a secret called serviceToken'),
    },
    'a key of an API': { given: variable('API_KEY', random), ...at('API_KEY', 'the value of a secret called API_KEY') },
    'the variable of a build': {
      given: project({ Name: 'DB_PASSWORD', Value: 'hunter2' }),
      at: 'Project',
      property: 'Properties.Environment.EnvironmentVariables.0.Value',
      message: 'the value of a secret called DB_PASSWORD',
    },
    'a property of a resource': {
      given: resource('AWS::RDS::DBInstance', 'Database', { MasterUserPassword: 'hunter2' }),
      at: 'Database',
      property: 'Properties.MasterUserPassword',
      message: 'the value of a secret called MasterUserPassword',
    },
    'a text that holds JSON': {
      given: resource('AWS::SecretsManager::Secret', 'Secret', {
        SecretString: JSON.stringify({ password: 'hunter2' }),
      }),
      at: 'Secret',
      property: 'Properties.SecretString.password',
      message: 'the value of a secret called password',
    },
    'the metadata of a resource': {
      given: {
        Table: { Type: 'AWS::DynamoDB::Table', Metadata: { 'aws:cdk:path': 'App/One/Table', note: keyId } },
      },
      at: 'Table',
      property: 'Metadata.note',
      message: 'an AWS access key id',
    },
  },
});

describe('SECRET-1 in the rest of a template', () => {
  const check = (template: Partial<Template>) =>
    templateHoldsNoSecret.check(evidenceOf([assembled(template)], { runbooks: [] }));

  test.each<[string, Partial<Template>, string]>([
    [
      'the default of a parameter',
      { Parameters: { DbPassword: { Type: 'String', Default: 'hunter2' } } },
      'DbPassword',
    ],
    ['an output', { Outputs: { Key: { Value: keyId } } }, 'Outputs'],
    ['a mapping', { Mappings: { Settings: { prod: { password: 'hunter2' } } } }, 'Mappings'],
    ['the description', { Description: `for ${keyId}` }, 'Description'],
  ])('finds one in %s', (_, template, logicalId) => {
    expect(check(template).map((finding) => [finding.path, finding.logicalId])).toEqual([['App/One', logicalId]]);
  });

  test('finds none in parameters, outputs and mappings without one', () => {
    const parameter = { Type: 'String', Default: '/prod/db/password', NoEcho: true };
    expect(
      check({ Parameters: { DbPassword: parameter }, Outputs: { Password: { Value: { Ref: 'DbPassword' } } } }),
    ).toEqual([]);
  });

  test('reads a text of a megabyte in no time', () => {
    const startedAt = performance.now();
    const texts = ['x', 'a:', 'a://', '-----BEGIN A ', 'eyJ.', 'ey', 'gl', 'A'];
    const Properties = Object.fromEntries(texts.map((text, at) => [`T${at}`, text.repeat(1_000_000 / text.length)]));
    expect(check({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties } } })).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('never prints the secret', () => {
    const secrets = [keyId, 'hunter2', random];
    const found = check({
      Resources: variables({ ONE: keyId, DB_PASSWORD: 'hunter2', API_TOKEN: random }),
    });
    expect(found).toHaveLength(3);
    for (const secret of secrets) expect(JSON.stringify(found)).not.toContain(secret);
  });
});
