import type { ResourceHandler } from '../../service.ts';
import { Things } from './things.ts';

/** Types that need no service: pipelines are played with their projects, and the bootstrap's repository stays empty. */
const passive = ['AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline', 'AWS::ECR::Repository'];

/** Handlers of the types that exist without running. */
export function passiveResources(): Readonly<Record<string, ResourceHandler>> {
  const things = new Things();
  return Object.fromEntries(passive.map((type) => [type, things]));
}
