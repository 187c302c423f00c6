import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { Stack } from 'aws-cdk-lib/core';
import { buildNamePrefix } from '../config/pipeline-name.ts';

/**
 * Gives the builds of the pipeline in a stack names that policies recognize. CDK Pipelines has no prop for them, and
 * CloudFormation names them after their logical ids, which resemble those of everybody else's pipeline.
 */
export function nameBuilds(stack: Stack): void {
  const names = new Map<string, CfnProject>();
  for (const project of stack.node.findAll().filter((each) => each instanceof CfnProject)) {
    const name = `${buildNamePrefix}${kebab(stepOf(project))}`;
    const same = names.get(name);
    if (same) {
      throw new Error(
        `${project.node.path} and ${same.node.path} are both called ${name}: expected builds with names of their own, rename a step`,
      );
    }
    names.set(name, project);
    project.name = name;
  }
}

/** Id of the step that a project runs: that of the construct around it, or one further up for the synth. */
function stepOf(project: CfnProject): string {
  const [step = '', inner = ''] = project.node.scopes.slice(-3).map(({ node }) => node.id);
  return inner === 'CdkBuildProject' ? step : inner;
}

const kebab = (id: string): string =>
  id
    .replace(/([a-z])(?=[A-Z])/g, '$1-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
