import type { JsonObject } from '@crosswind/aws/json';
import { resolvePartly } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { PolicySource } from '@crosswind/iam/policy-document';
import { describe, expect, test } from 'vitest';
import { isOfReach, judgedReach } from '../../../policies/reach/accepted.ts';
import { type Reach, reachOf } from '../../../policies/reach/reach.ts';
import type { Waiver } from '../../../policies/waiver.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const ofNobody = { id: 'o-exampleorg1', scps: () => [], rcps: () => [] };
const reachIn = (resources: Resources, organization: Parameters<typeof reachOf>[2] = ofNobody): Reach =>
  reachOf(resolvePartly([assembled({ Resources: resources })]).stacks, [], organization);

const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const roleWith = (statements: readonly JsonObject[], rest: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'own',
    AssumeRolePolicyDocument: { Statement: [trust] },
    Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: statements } }],
    ...rest,
  },
});
const logging = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' };
/** A function that reads objects of a bucket, with these statements and whatever else there is. */
const reading = (statements: readonly JsonObject[], others: Resources = {}, role: JsonObject = {}): Resources => ({
  Role: roleWith([logging, ...statements], role),
  Function: {
    Type: 'AWS::Lambda::Function',
    Metadata: { 'crosswind:calls': [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/in/*'] }] },
    Properties: { FunctionName: 'f', Role: 'arn:aws:iam::111111111111:role/own' },
  },
  ...others,
});
const withoutRole = (resources: Resources): Resources =>
  Object.fromEntries(Object.entries(resources).filter(([id]) => id !== 'Role'));
const own: TemplateResource = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } };
const get = (Resource: string, rest: JsonObject = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource,
  ...rest,
});
const policyOfBucket = (statement: JsonObject): TemplateResource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: 'b', PolicyDocument: { Statement: [statement] } },
});
const managed = (Statement: JsonObject): Resources => ({
  Boundary: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'bound', PolicyDocument: { Statement: [logging, Statement] } },
  },
});
const bounded = { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/bound' };

const refused = ({ calls }: Reach): readonly string[] =>
  calls.flatMap(({ action, decision }) => (decision.allowed ? [] : [`${decision.kind}: ${action}`]));

describe('a call of a function is', () => {
  const allowed = [get('arn:aws:s3:::b/*')];
  test.each<[string, Resources, readonly string[]]>([
    ['allowed by its role', reading(allowed, { own }), []],
    [
      'denied where its role allows it on something else',
      reading([get('arn:aws:s3:::b/out/*')], { own }),
      ['implicit deny: s3:GetObject'],
    ],
    [
      'denied where only some of what it may read is allowed',
      reading([get('arn:aws:s3:::b/in/2024/*')], { own }),
      ['implicit deny: s3:GetObject'],
    ],
    ['denied without any statement', reading([], { own }), ['implicit deny: s3:GetObject']],
    [
      'denied by the policy of the bucket',
      reading(allowed, { own, Policy: policyOfBucket({ ...get('arn:aws:s3:::b/*'), Effect: 'Deny', Principal: '*' }) }),
      ['explicit deny: s3:GetObject'],
    ],
    [
      'allowed where that denies what is unencrypted',
      reading(allowed, {
        own,
        Policy: policyOfBucket({
          ...{ ...get('arn:aws:s3:::b/*'), Effect: 'Deny', Principal: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      }),
      [],
    ],
    [
      'denied by a boundary that leaves it out',
      reading(allowed, { own, ...managed({ ...get('*'), Action: 's3:PutObject' }) }, bounded),
      ['implicit deny: s3:GetObject'],
    ],
    ['allowed within a boundary', reading(allowed, { own, ...managed(get('*')) }, bounded), []],
    [
      'undecidable where its role is denied a part of it',
      reading([...allowed, { ...get('arn:aws:s3:::b/in/secret/*'), Effect: 'Deny' }], { own }),
      ['undecidable: s3:GetObject'],
    ],
    [
      'allowed where that part is none of it',
      reading([...allowed, { ...get('arn:aws:s3:::b/out/*'), Effect: 'Deny' }], { own }),
      [],
    ],
    [
      'undecidable where the bucket denies a part of it',
      reading(allowed, {
        own,
        Policy: policyOfBucket({ ...get('arn:aws:s3:::b/*/secret'), Effect: 'Deny', Principal: '*' }),
      }),
      ['undecidable: s3:GetObject'],
    ],
    [
      'allowed where the bucket denies a part of it to others',
      reading(allowed, {
        own,
        Policy: policyOfBucket({
          ...{ ...get('arn:aws:s3:::b/*/secret'), Effect: 'Deny', Principal: '*' },
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111111111111' } },
        }),
      }),
      [],
    ],
    [
      'undecidable under a condition that only a run knows',
      reading(
        [...allowed, { ...get('*'), Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
        { own },
      ),
      ['undecidable: s3:GetObject'],
    ],
    ['allowed on a bucket of somebody else, as far as it is ours', reading(allowed), []],
    ['denied there too, where its role does not allow it', reading([]), ['implicit deny: s3:GetObject']],
  ])('%s', (_, resources, findings) => {
    expect(refused(reachIn(resources))).toEqual(findings);
  });

  test('denied by the organization, or allowed by it', () => {
    const scp = (Action: string): PolicySource => ({
      name: 'scp',
      document: { Statement: { Effect: 'Deny', Action, Resource: '*' } },
    });
    const under = (...scps: readonly PolicySource[]) =>
      refused(reachIn(reading(allowed, { own }), { ...ofNobody, scps: () => scps }));
    expect(under(scp('s3:GetObject'))).toEqual(['explicit deny: s3:GetObject']);
    expect(under(scp('s3:PutObject'))).toEqual([]);
  });

  test('undecidable on everything where one bucket is denied', () => {
    const onEverything = (...statements: readonly JsonObject[]): Resources => {
      const { Function: code, ...others } = reading([get('*'), ...statements], { own });
      const Metadata = { 'crosswind:calls': [{ actions: ['s3:GetObject'], resources: ['*'] }] };
      return { ...others, ...(code && { Function: { ...code, Metadata } }) };
    };
    const denial = { ...get('arn:aws:s3:::c/*'), Effect: 'Deny' };
    expect(refused(reachIn(onEverything(denial)))).toEqual(['undecidable: s3:GetObject']);
    expect(refused(reachIn(onEverything()))).toEqual([]);
  });

  test('decided for our side alone on what a frozen account keeps', () => {
    const there = 'arn:aws:iam::222222222222:role/there';
    const assuming = (statements: readonly JsonObject[]): Resources => {
      const { Function: code, ...others } = reading(statements);
      const Metadata = { 'crosswind:calls': [{ actions: ['sts:AssumeRole'], resources: [there] }] };
      return { ...others, ...(code && { Function: { ...code, Metadata } }) };
    };
    const frozen = { ...ofNobody, isFrozen: (account: string) => account === '222222222222' };
    const allowing = [{ ...get(there), Action: 'sts:AssumeRole' }];
    expect(refused(reachIn(assuming(allowing), frozen))).toEqual([]);
    expect(refused(reachIn(assuming([]), frozen))).toEqual(['implicit deny: sts:AssumeRole']);
    expect(refused(reachIn(assuming(allowing)))).toEqual(['implicit deny: sts:AssumeRole']);
  });

  test('undecidable where no stack makes its role', () => {
    expect(refused(reachIn(withoutRole(reading(allowed, { own }))))).toContain('undecidable: s3:GetObject');
  });

  test('named with its cause and with the statement that fixes it', () => {
    const found = reachIn(reading([], { own })).calls.find(({ decision }) => !decision.allowed);
    expect(found?.by).toEqual({ path: 'Function', part: 'code' });
    const mends =
      found && !found.decision.allowed && found.decision.kind === 'implicit deny' ? found.decision.mends : [];
    expect(mends).toEqual([
      expect.objectContaining({ document: 'identity policy', of: 'arn:aws:iam::111111111111:role/own' }),
    ]);
  });
});

describe('a permission is', () => {
  const unneeded = (resources: Resources): readonly string[] =>
    reachIn(resources).unneeded.map(
      ({ holder, action, resource }) => `${holder.split(':').at(-1) ?? ''}: ${action} ${resource}`,
    );

  test.each<[string, Resources, readonly string[]]>([
    ['needed by a call', reading([get('arn:aws:s3:::b/*')], { own }), []],
    [
      'unneeded: an action of many that nothing calls',
      reading([{ ...get('arn:aws:s3:::b/*'), Action: ['s3:GetObject', 's3:DeleteObject'] }], { own }),
      ['role/own: s3:DeleteObject arn:aws:s3:::b/*'],
    ],
    [
      'unneeded: a resource of many that nothing calls',
      reading([{ ...get(''), Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'] }], { own }),
      ['role/own: s3:GetObject arn:aws:s3:::c/*'],
    ],
    [
      'unneeded where another one gives it already',
      reading([get('arn:aws:s3:::b/*'), get('arn:aws:s3:::b/in/*')], { own }),
      ['role/own: s3:GetObject arn:aws:s3:::b/in/*'],
    ],
    [
      'unneeded under a condition that no call meets',
      reading(
        [
          get('arn:aws:s3:::b/*'),
          get('arn:aws:s3:::b/*', { Condition: { StringEquals: { 'aws:ResourceAccount': '2' } } }),
        ],
        { own },
      ),
      ['role/own: s3:GetObject arn:aws:s3:::b/*'],
    ],
    [
      'unneeded in the policy of a bucket for a service that does not come',
      reading([get('arn:aws:s3:::b/*')], {
        own,
        Policy: policyOfBucket({
          ...{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' },
          Principal: { Service: 'logging.s3.amazonaws.com' },
        }),
      }),
      ['b: s3:PutObject arn:aws:s3:::b/*'],
    ],
    [
      'unneeded: to assume a role that a service does not act as',
      { Role: roleWith([]) },
      ['role/own: sts:AssumeRole '],
    ],
    [
      'unneeded for the second principal of a statement',
      {
        ...reading([get('arn:aws:s3:::b/*')], { own }),
        Role: roleWith([logging, get('arn:aws:s3:::b/*')], {
          AssumeRolePolicyDocument: {
            Statement: [{ ...trust, Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }],
          },
        }),
      },
      ['role/own: sts:AssumeRole '],
    ],
  ])('%s', (_, resources, findings) => {
    expect(unneeded(resources)).toEqual(findings);
  });

  test('unneeded on the key of a bucket, where that is not encrypted with it', () => {
    const key: TemplateResource = {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: [
            { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'kms:*', Resource: '*' },
          ],
        },
      },
    };
    const encrypted: TemplateResource = {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'b',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': ['key', 'Arn'] } } },
          ],
        },
      },
    };
    const statements = [get('arn:aws:s3:::b/*'), { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }];
    expect(unneeded(reading(statements, { own: encrypted, key }))).toEqual([]);
    expect(unneeded(reading(statements, { own, key }))).toEqual([
      'role/own: kms:Decrypt *',
      expect.stringMatching(/^key\/[\w-]+: kms:\* \*$/),
    ]);
  });
});

describe('a waiver', () => {
  const circumstances = {
    now: new Date('2026-11-22'),
    version: '0.1.0',
    dueWaivers: 'report',
    allDeployed: true,
  } as const;
  const waiver = (rule: string): Waiver => ({
    rule,
    path: 'R*e',
    reason: 'a reason',
    owner: 'team',
    reviewAt: '1.0.0',
  });
  const found = reachIn(reading([get('arn:aws:s3:::b/*'), get('arn:aws:s3:::c/*')], { own }));
  const id = 'REACH-3[s3:GetObject on arn:aws:s3:::c/\\*]';

  test('accepts the permission that it names', () => {
    const { unneeded, acceptedPermissions, problems } = judgedReach(found, [waiver(id)], circumstances);
    expect({ unneeded, problems }).toEqual({ unneeded: [], problems: [] });
    expect(acceptedPermissions.map(({ waiver: { reason } }) => reason)).toEqual(['a reason']);
  });

  test.each([
    ['of another action', 'REACH-3[s3:PutObject on arn:aws:s3:::c/\\*]'],
    ['of another resource', 'REACH-3[s3:GetObject on arn:aws:s3:::d/\\*]'],
  ])('%s accepts nothing and is an error', (_, rule) => {
    const { unneeded, problems } = judgedReach(found, [waiver(rule)], circumstances);
    expect(unneeded).toHaveLength(1);
    expect(problems.map(({ rule: problem, severity }) => [problem, severity])).toEqual([['WAIVER-1', 'error']]);
  });

  test.each(['OBS-1', 'REACH-1'])('of %s is the business of the synth', (rule) => {
    expect(judgedReach(found, [waiver(rule)], circumstances).problems).toEqual([]);
    expect(isOfReach(waiver(rule))).toBe(false);
    expect(isOfReach(waiver(id))).toBe(true);
  });

  test('that is due is reported', () => {
    const { problems } = judgedReach(found, [waiver(id)], { ...circumstances, version: '1.0.0' });
    expect(problems.map(({ rule }) => rule)).toEqual(['WAIVER-2']);
  });

  test('accepts what cannot be decided, and never what is denied', () => {
    const without = withoutRole(reading([], { own }));
    const rule = 'REACH-2[s3:GetObject on arn:aws:s3:::b/in/\\*]';
    const waivers = [{ ...waiver(rule), path: 'Function' }];
    const judged = judgedReach(reachIn(without), waivers, circumstances);
    expect(judged.acceptedCalls.map(({ finding: { action } }) => action)).toEqual(['s3:GetObject']);
    const denied = judgedReach(reachIn(reading([], { own })), waivers, circumstances);
    expect(denied.denied.map(({ action }) => action)).toEqual(['s3:GetObject']);
  });
});
