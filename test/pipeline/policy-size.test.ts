import { Stage } from 'aws-cdk-lib/core';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { platformOf, platformText } from '../synthesized.ts';
import { pipelineApp } from './pipeline-app.ts';

/** `platform.yaml` with tenants that run in so many accounts, two accounts each. */
function platformIn(accounts: number): string {
  const tenants = Array.from({ length: accounts / 2 }, (_, index) => `tenant-${index}`);
  const account = (name: string, id: number): string =>
    `  - { name: ${name}, id: '${300_000_000_000 + id}', email: aws+${name}@example.com, organizationalUnit: Workloads }`;
  const beforeWorkloads = platformText
    .slice(0, platformText.indexOf('  - name: wind-parent-dev'))
    .replace('  - name: prod\n    approval: true\n', '');
  return [
    beforeWorkloads.trimEnd(),
    ...tenants.map((name, index) => account(`${name}-parent`, 2 * index)),
    ...tenants.map((name, index) => account(`${name}-child`, 2 * index + 1)),
    'tenants:',
    ...tenants.flatMap((name) => [
      `  - name: ${name}`,
      '    workload: wind-speed',
      '    owner: weather-team',
      `    waves: { dev: { parent: ${name}-parent, child: ${name}-child } }`,
    ]),
  ].join('\n');
}

/** Length of every policy of the pipeline's stack, by construct path. */
function policySizes(accounts: number): ReadonlyMap<string, number> {
  const { stack } = pipelineApp(platformOf(platformIn(accounts)));
  const own = stack.node.findAll().filter((construct) => Stage.of(construct) === Stage.of(stack));
  const documents = own.flatMap((construct): readonly (readonly [string, unknown])[] => {
    if (construct instanceof CfnKey) return [[construct.node.path, construct.keyPolicy]];
    const isPolicy = construct instanceof CfnPolicy || construct instanceof CfnBucketPolicy;
    return isPolicy ? [[construct.node.path, construct.policyDocument]] : [];
  });
  return new Map(documents.map(([path, document]) => [path, JSON.stringify(stack.resolve(document)).length]));
}

describe('with ten times as many accounts', () => {
  const [few, many] = [policySizes(4), policySizes(40)];

  test.each([
    ['the policy of the pipeline', 'Crosswind/PipelineRole/DefaultPolicy/Resource'],
    ['the policy of the bucket of artifacts', 'Crosswind/Artifacts/Bucket/Policy/Resource'],
    ['the policy of the key of artifacts', 'Crosswind/Artifacts/Key/Resource'],
  ])('%s is as long as before', (_, path) => {
    expect(few.get(path)).toBeGreaterThan(300);
    expect(many.get(path)).toBe(few.get(path));
  });

  test('only that grows with which assets are published, which the CDK splits', () => {
    const grown = [...many].filter(([path, size]) => size !== few.get(path)).map(([path]) => path);
    expect(grown).toEqual(['Crosswind/Pipeline/Assets/FileRole/DefaultPolicy/Resource']);
  });
});
