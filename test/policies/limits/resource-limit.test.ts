import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { withinLimits } from '../../../policies/rules/within-limits.ts';
import { bareApp } from '../../pipeline/pipeline-app.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** Findings about a stack with so many resources that is synthesized with the context of `cdk.json`. */
function findingsOf(resources: number): readonly string[] {
  const directory = temporaryDirectory();
  const app = bareApp(directory);
  const stack = new Stack(app, 'Orders', { env: { account: '333333333333', region: 'eu-west-1' } });
  for (let index = 0; index < resources; index += 1) new CfnResource(stack, `It${index}`, { type: 'Custom::Thing' });
  app.synth();
  const accountNames = new Map([['333333333333', 'orders-prod']]);
  const evidence = evidenceOf(readAssembly(directory), { runbooks: [], accountNames });
  return withinLimits.check(evidence).map(({ message }) => message);
}

test('a stack of 500 resources fits', () => {
  expect(findingsOf(500)).toEqual([]);
});

// Without the context, the CDK throws before it writes an assembly: no account is named, and `quotas` has nothing to print.
test('a stack of 501 resources is synthesized, and a finding that names account and resource', () => {
  expect(findingsOf(501)).toEqual([
    'resources of a template: expected at most 500, got 501 in stack Orders of account orders-prod (333333333333); the first that does not fit is It500',
  ]);
});
