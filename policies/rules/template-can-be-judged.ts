import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type Json, isArray, isObject, textOf } from '@crosswind/aws/json';
import { nestedTemplateOf } from '../evidence/nested-stacks.ts';
import { type Finding, type Located, type Rule, findingAt, resources } from './rule.ts';

export const templateCanBeJudged: Rule = {
  id: 'TEMPLATE-1',
  severity: 'error',
  requires: 'A template holds everything that CloudFormation deploys with it.',
  because: 'What a macro, module, included file or template elsewhere adds is deployed and seen by no rule.',
  fix: 'Write its resources into the stack, for example with `NestedStack` or as constructs.',
  check: ({ possible, templates }) => [
    ...templates.flatMap(macros),
    ...resources(possible).flatMap((at) => elsewhere(at, templates)),
  ],
};

/** Macros of a template, and of values in it. */
function macros({ path, templateFile, template }: AssembledStack): readonly Finding[] {
  const { Transform: transform = [] } = template as { readonly Transform?: Json };
  const whole = [transform].flat().map((name) => ['Transform', textOf(name)] as const);
  return [...whole, ...inner(template.Resources as unknown as Json, 'Resources')].map(([property, name]) => ({
    path,
    logicalId: property.split('.')[1] ?? 'Transform',
    templateFile,
    property,
    message: `the macro ${name} changes the template when it is deployed`,
  }));
}

function inner(value: Json, property: string): readonly (readonly [property: string, name: string])[] {
  if (isArray(value)) return value.flatMap((item, index) => inner(item, `${property}.${index}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'Fn::Transform' ? [[property, JSON.stringify(item)] as const] : inner(item, `${property}.${key}`),
  );
}

/** Types that deploy templates which are kept elsewhere (CloudFormation reference of Service Catalog and Proton). */
const products = /^AWS::(ServiceCatalog::CloudFormation(Provisioned)?Product|Proton::.+)$/;

function elsewhere(at: Located, templates: readonly AssembledStack[]): readonly Finding[] {
  const { type, properties } = at.resource;
  const found = (property: string, message: string): readonly Finding[] => [findingAt(at, { property, message })];
  if (type === 'AWS::CloudFormation::Stack') {
    const assets = templates.find(({ path }) => path === at.stack.path)?.assets ?? new Map<string, string>();
    const url = textOf(properties['TemplateURL']);
    return nestedTemplateOf(url, assets) === undefined
      ? found('Properties.TemplateURL', `${url} is no template of this assembly`)
      : [];
  }
  if (type === 'AWS::CloudFormation::StackSet')
    return found('Properties.TemplateBody', 'it deploys a template of its own to other accounts');
  if (products.test(type)) return found('Type', `${type} deploys a template of its own`);
  if (type.endsWith('::MODULE')) return found('Type', `the module ${type} is expanded when it is deployed`);
  if (!/^(AWS|Custom|Alexa::ASK)::/.test(type))
    return found('Type', `what ${type} makes is known to its registry alone`);
  if (!type.startsWith('AWS::Serverless::')) return [];
  return found('Type', `${type} becomes other resources when it is deployed`);
}
