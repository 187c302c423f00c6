import { BuildSpec, Project } from 'aws-cdk-lib/aws-codebuild';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { nameBuilds } from '../../pipeline/build-names.ts';
import { stackWith } from '../synthesized.ts';

/** Names of builds of these steps, each in a stage of its own. */
const named = (...steps: readonly string[]): readonly string[] => {
  const { stack } = stackWith((scope) => {
    for (const [index, step] of steps.entries()) {
      new Project(new Construct(scope, `Stage${index}`), step, { buildSpec: BuildSpec.fromObject({ version: '0.2' }) });
    }
    nameBuilds(scope);
  });
  return stack.resources.filter(({ type }) => type === 'AWS::CodeBuild::Project').map(({ name }) => name);
};

test('builds are called after the platform and their steps', () => {
  expect(named('Smoke dev', 'SelfMutation')).toEqual(['crosswind-smoke-dev', 'crosswind-self-mutation']);
});

test('two builds that would have one name are refused with both places', () => {
  expect(() => named('Smoke dev', 'Smoke-dev')).toThrow(
    /Stage1\/Smoke-dev\/Resource and .*Stage0\/Smoke dev\/Resource are both called crosswind-smoke-dev/,
  );
});
