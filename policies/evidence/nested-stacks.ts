import { readFileSync } from 'node:fs';
import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { resolveTolerantly } from '@crosswind/assembly/resolve';
import type { Template } from '@crosswind/assembly/template';
import { objectOf, textOf } from '@crosswind/aws/json';

/** File of the template that a nested stack deploys; undefined if it is no asset of the assembly. */
export const nestedTemplateOf = (url: string, assets: ReadonlyMap<string, string>): string | undefined =>
  [...assets].find(([key, file]) => url.endsWith(`/${key}`) && file.endsWith('.json'))?.[1];

/** The stacks with those that are nested in them, each with the values of its parameters as defaults. */
export function withNested(stacks: readonly AssembledStack[]): readonly AssembledStack[] {
  const parents = stacks.filter(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CloudFormation::Stack'),
  );
  const nested = resolveTolerantly(parents).flatMap(({ resources, ...parent }) =>
    resources
      .filter(({ type }) => type === 'AWS::CloudFormation::Stack')
      .flatMap(({ logicalId, path, properties }): readonly AssembledStack[] => {
        const templateFile = nestedTemplateOf(textOf(properties['TemplateURL']), parent.assets);
        if (templateFile === undefined) return [];
        const template: Template = {
          Resources: {},
          ...(JSON.parse(readFileSync(templateFile, 'utf8')) as Partial<Template>),
        };
        return [
          {
            ...parent,
            id: `${parent.id}/${logicalId}`,
            // The CDK makes its resource in a scope next to the nested stack: `Data.NestedStack/Data.NestedStackResource`.
            path: path.replace(/\.NestedStack\/[^/]*$/, ''),
            name: `${parent.name}-${logicalId}`,
            template: withDefaults(template, objectOf(properties['Parameters'])),
            templateFile,
          },
        ];
      }),
  );
  return nested.length === 0 ? stacks : [...stacks, ...withNested(nested)];
}

/** The template with values in the place of the parameters' defaults. */
const withDefaults = (template: Template, values: ReturnType<typeof objectOf>): Template => ({
  ...template,
  Parameters: Object.fromEntries(
    Object.entries(template.Parameters ?? {}).map(([name, parameter]) => [
      name,
      values[name] === undefined ? parameter : { ...parameter, Type: 'String', Default: values[name] },
    ]),
  ),
});
