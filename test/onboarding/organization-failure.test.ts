import { expect, test } from 'vitest';
import { organizationFailure } from '../../onboarding/organization-failure.ts';

const failure = (name: string, more: object = {}): Error => Object.assign(new Error('as AWS says'), { name, ...more });

test.each([
  ['no credentials', failure('CredentialsProviderError'), 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID'],
  ['credentials that AWS does not know', failure('UnrecognizedClientException'), 'sign in again'],
  ['credentials that have expired', failure('ExpiredTokenException'), 'sign in again'],
  ['credentials without permission', failure('AccessDeniedException'), 'organizations:ListAccountsForParent'],
  ['an account in no organization', failure('AWSOrganizationsNotInUseException'), 'in no organization'],
  ['too many requests', failure('TooManyRequestsException'), 'wait a minute'],
  ['no connection', failure('Error', { code: 'ECONNREFUSED' }), 'check the network, and AWS_ENDPOINT_URL'],
])('%s is told with what to do', (_, error, sentence) => {
  expect(organizationFailure(error)).toContain(sentence);
});

test.each([[failure('TypeError')], ['no error at all']])('%s is a bug, and is not explained away', (error) => {
  expect(organizationFailure(error)).toBeUndefined();
});
