import { rolesOf } from '@crosswind/assembly/roles';
import { textOf } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { pipelineRoleNames } from '../../config/role-names.ts';
import { stackAt, synthesized } from '../synthesized.ts';

const { resources, ...stack } = stackAt(synthesized().stacks, 'Crosswind');
const roles = rolesOf({ resources, ...stack });

/** Names of the roles that assume a bootstrap role of that kind. */
const assuming = (kind: string): readonly string[] =>
  roles.filter(({ policies }) => JSON.stringify(policies).includes(`-${kind}-role-`)).map(({ name }) => name);

describe('the roles that the baseline trusts by name', () => {
  test('deploy and publish under those names', () => {
    expect(assuming('deploy')).toEqual([pipelineRoleNames.pipeline]);
    expect(assuming('file-publishing')).toEqual([pipelineRoleNames.publishing]);
  });

  test('deploy the pipeline itself under that name', () => {
    const project = resources.find(
      ({ type, path }) => type === 'AWS::CodeBuild::Project' && path.startsWith('Crosswind/Pipeline/UpdatePipeline/'),
    );
    const named = resources.find(({ properties }) => properties['RoleName'] === pipelineRoleNames.selfMutation);
    expect(textOf(named?.arn)).toMatch(/^arn:aws:iam::111111111111:role\//);
    expect(project?.properties['ServiceRole']).toBe(named?.arn);
  });
});
