import { withinLimits } from '../../../policies/rules/within-limits.ts';
import { resource, testRule } from './test-rule.ts';

const role = (length: number) => resource('AWS::IAM::Role', 'Role', { RoleName: 'r'.repeat(length) });
const policy = (length: number) =>
  resource('AWS::IAM::ManagedPolicy', 'Policy', {
    PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: 'r'.repeat(length) }] },
  });

// Every limit at its value and beyond: test/policies/limits.
testRule(withinLimits, {
  valid: {
    'a role whose name has 64 characters': role(64),
    'a policy that is short enough': policy(6_000),
    'a resource that no limit is known of': resource('Custom::Thing', 'Thing', { Name: 'n'.repeat(2_000) }),
  },
  invalid: {
    'a role whose name is longer': {
      given: role(65),
      message:
        'name of a role: expected at most 64 characters, got 65 characters in Role in stack one of account 111111111111',
      at: 'Role',
      property: 'Properties.RoleName',
      fix: 'Choose a shorter name.',
    },
    'a managed policy that is too long, with the statement that makes it so': {
      given: policy(6_144),
      message: 'the first that does not fit is statement 0',
      at: 'Policy',
      property: 'Properties.PolicyDocument',
      fix: 'Name fewer resources',
    },
  },
});
