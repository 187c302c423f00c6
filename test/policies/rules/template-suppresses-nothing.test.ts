import type { JsonObject } from '@crosswind/aws/json';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { templateSuppressesNothing } from '../../../policies/rules/template-suppresses-nothing.ts';
import { testRule } from './test-rule.ts';

const bucket = (metadata: JsonObject) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'App/One/Bucket', ...metadata } },
});
const rule = { id: 'AwsSolutions-S1', reason: 'it is fine' };

testRule(templateSuppressesNothing, {
  valid: {
    'a resource with the path of its construct': bucket({}),
    'metadata for people': bucket({ Comment: 'letters' }),
  },
  invalid: {
    ...Object.fromEntries(
      ['cdk_nag', 'cfn_nag', 'checkov', 'cfn-lint', 'guard'].map((checker) => [
        `a word to ${checker}`,
        {
          given: bucket({ [checker]: { rules_to_suppress: [rule] } }),
          message: `its metadata makes ${checker} pass over {"rules_to_suppress":[{"id":"AwsSolutions-S1"`,
          at: 'Bucket',
          property: `Metadata.${checker}`,
        },
      ]),
    ),
    'a word in the template as a whole': {
      given: [
        assembled(
          { Resources: {}, ...{ Metadata: { cdk_nag: { rules_to_suppress: [rule] } } } },
          { path: 'App/One/Metadata' },
        ),
      ],
      message: 'cdk_nag',
      at: 'Metadata',
      property: 'Metadata.cdk_nag',
    },
  },
});
