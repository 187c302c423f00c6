import type { AssembledStack } from '../read-assembly.ts';
import { type Resource, resolveStacks } from '../resolve.ts';
import type { JsonObject } from '@crosswind/aws/json';
import type { Template, TemplateResource } from '../template.ts';

/** A stack of the assembly with this template, in the first of two accounts. */
export const assembled = (template: Partial<Template>, given: Partial<AssembledStack> = {}): AssembledStack => ({
  path: 'App/One',
  name: 'one',
  account: '111111111111',
  region: 'eu-west-1',
  templateFile: 'one.template.json',
  assets: new Map(),
  id: 'one',
  dependencies: [],
  isAgnostic: false,
  ...given,
  template: { Resources: {}, ...template },
});

export const bucket = (properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::S3::Bucket',
  Properties: properties,
});

/** The resources of a single stack with this template. */
export function resourcesOf(template: Partial<Template>, given: Partial<AssembledStack> = {}): readonly Resource[] {
  return resolveStacks([assembled(template, given)]).flatMap(({ resources }) => resources);
}

/** The resource with that logical id. */
export function resourceOf(
  template: Partial<Template>,
  logicalId: string,
  given: Partial<AssembledStack> = {},
): Resource {
  const resource = resourcesOf(template, given).find((candidate) => candidate.logicalId === logicalId);
  if (!resource) throw new Error(`no resource ${logicalId}`);
  return resource;
}
