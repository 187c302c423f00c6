import { describe, expect, test } from 'vitest';
import { servicePrefix } from '../src/arn.ts';

describe('the prefix of a service', () => {
  test.each([
    ['its name', 'dynamodb', 'dynamodb'],
    ['another name of the SDK', 'sfn', 'states'],
    ['another name of the SDK, with a hyphen', 'rdsdata', 'rds-data'],
    ['the name without a version', 'sesv2', 'ses'],
    ['the name without a part of the API', 'bedrockruntime', 'bedrock'],
    ['another name, without both', 'bedrockagentruntime', 'bedrock'],
    ['a name that ends in a version', 'wafv2', 'wafv2'],
    ['its name, even one that objects inherit', 'constructor', 'constructor'],
    ['another name in signatures', 'email', 'ses'],
    ['another name in CloudFormation', 'StepFunctions', 'states'],
    ['another name in CloudFormation, with a hyphen', 'VpcLattice', 'vpc-lattice'],
  ])('is %s: %s', (_, service, prefix) => {
    expect(servicePrefix(service)).toBe(prefix);
  });
});
