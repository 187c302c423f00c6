import type { Environment } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import type { Stacks } from '../cloudformation/stacks/stacks.ts';
import { type Pipeline, pipelineOf } from '@crosswind/assembly/pipelines';

/** A project as it is deployed. */
export interface DeployedProject {
  readonly project: JsonObject;
  readonly projectArn: string;
}

/** The pipeline of a name in an account and region, as its stack has deployed it. */
export function deployedPipeline(stacks: Stacks, place: Environment, name: string): Pipeline | undefined {
  const found = resourcesOf(stacks, place).find(
    ({ type, physicalId }) => type === 'AWS::CodePipeline::Pipeline' && physicalId === name,
  );
  return found?.deployed && pipelineOf(name, place.account, place.region, found.deployed.properties);
}

/** The project of a name in an account and region. */
export function deployedProject(stacks: Stacks, place: Environment, name: string): DeployedProject | undefined {
  const found = resourcesOf(stacks, place).find(
    ({ type, physicalId }) => type === 'AWS::CodeBuild::Project' && physicalId === name,
  );
  return found?.deployed && { project: found.deployed.properties, projectArn: found.deployed.arn ?? '' };
}

const resourcesOf = (stacks: Stacks, place: Environment) =>
  stacks.living(place).flatMap(({ resources }) => [...resources.values()]);
