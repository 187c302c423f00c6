import { Stage } from 'aws-cdk-lib/core';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { platformOf } from '../synthesized.ts';
import { pipelineApp } from './pipeline-app.ts';
import { platformIn } from './platform-in.ts';
import type { PipelineStack } from '../../pipeline/pipeline-stack.ts';

const pipelineIn = (accounts: number): PipelineStack => pipelineApp(platformOf(platformIn(accounts))).stack;
const hundred = pipelineIn(100);

/** Length of every policy of the pipeline's stack, by construct path. */
function policySizes(stack: PipelineStack): ReadonlyMap<string, number> {
  const own = stack.node.findAll().filter((construct) => Stage.of(construct) === Stage.of(stack));
  const documents = own.flatMap((construct): readonly (readonly [string, unknown])[] => {
    if (construct instanceof CfnKey) return [[construct.node.path, construct.keyPolicy]];
    const isPolicy = construct instanceof CfnPolicy || construct instanceof CfnBucketPolicy;
    return isPolicy ? [[construct.node.path, construct.policyDocument]] : [];
  });
  return new Map(
    documents.map(([path, document]) => [named(path), named(JSON.stringify(stack.resolve(document))).length]),
  );
}

/** Text in which a wave is called by its name: beyond 50 actions it goes on in a stage `dev.2`, and its last step is there. */
const named = (text: string): string => text.replaceAll(/(PipelineEngine\/?(?:dev|observability|probes))\.?\d+/g, '$1');

describe('with 100 accounts instead of 10', () => {
  const [few, many] = [policySizes(pipelineIn(10)), policySizes(hundred)];

  test.each([
    ['the policy of the pipeline', 'Crosswind/PipelineRole/DefaultPolicy/Resource'],
    ['the policy of the bucket of artifacts', 'Crosswind/Artifacts/Bucket/Policy/Resource'],
    ['the policy of the key of artifacts', 'Crosswind/Artifacts/Key/Resource'],
    ['the policy of the smoke step', 'Crosswind/PipelineEngine/dev/Smoke_dev/Smoke dev/Role/DefaultPolicy/Resource'],
    ['the policy of the publishing of assets', 'Crosswind/Pipeline/PublishingRole/DefaultPolicy/Resource'],
  ])('%s is as long as before', (_, path) => {
    expect(few.get(path)).toBeGreaterThan(300);
    expect(many.get(path)).toBe(few.get(path));
  });

  test('there are the same policies, and none is longer', () => {
    expect([...many]).toEqual([...few]);
  });
});

describe('the pipeline of 100 accounts', () => {
  const pipeline = hundred.node.findAll().find((construct) => construct instanceof CfnPipeline);
  const stages = listOf(hundred.resolve(pipeline?.stages) as Json[]).map((stage) => {
    const { name, actions } = objectOf(stage);
    return { name: textOf(name), actions: listOf(actions).map((action) => textOf(objectOf(action)['name'])) };
  });

  test('keeps the quotas of CodePipeline: 50 stages, and 50 actions in each', () => {
    expect(stages.length).toBeLessThanOrEqual(50);
    expect(Math.max(...stages.map(({ actions }) => actions.length))).toBe(50);
  });

  test('splits what is deployed side by side into stages, and tries a wave when all of it is deployed', () => {
    expect(stages.map(({ name, actions }) => [name, actions.length])).toEqual([
      ['Source', 1],
      ['Build', 1],
      ['UpdatePipeline', 1],
      ['Assets', 1],
      ['probes.1', 50],
      ['probes.2', 50],
      ['probes.3', 2],
      ['observability.1', 50],
      ['observability.2', 3],
      ['dev.1', 50],
      ['dev.2', 50],
      ['dev.3', 2],
    ]);
    expect(stages.find(({ name }) => name === 'dev.3')?.actions).toEqual(['Protect_dev', 'Smoke_dev']);
  });
});
