import { type CodePipeline, CodeBuildStep } from 'aws-cdk-lib/pipelines';
import { declareCalls } from '../blocks/baseline/declare-calls.ts';

/**
 * States what the commands of built steps call with the roles that CDK Pipelines makes: those of a wave's tests assume the
 * roles that their step names.
 */
export function declareCallsOfSteps(pipeline: CodePipeline): void {
  for (const step of pipeline.waves.flatMap(({ post }) => post)) {
    if (!(step instanceof CodeBuildStep) || !step.rolePolicyStatements || !step.project.role) continue;
    declareCalls(
      step.project.role,
      step.rolePolicyStatements.map(({ actions, resources }) => ({ actions, resources })),
    );
  }
}
