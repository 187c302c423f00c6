import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import type { TemplateResource } from '@crosswind/assembly/template';
import { textOf } from '@crosswind/aws/json';
import { type Measure, type Measured, type Use, accountText, countOf, partsText, stackText } from './measure.ts';
import { actionText, inCountingOrder, stagesOf } from './pipeline-actions.ts';

/** Size of every template, and what it holds. */
export const templateMeasures = ({ templates, accountNames }: Measured): readonly Measure[] => [
  ...templates.flatMap((stack) =>
    usesOf(stack, accountNames).map(({ limit, used, property, because = () => '' }) => ({
      limit,
      used,
      place: placeIn(stack, property),
      holder: stackText(stack, accountNames),
      because,
    })),
  ),
  ...stacksPerPlace(templates, accountNames),
];

const placeIn = ({ path, templateFile }: AssembledStack, property: string): Measure['place'] => ({
  path,
  logicalId: property,
  templateFile,
  property,
});

function usesOf({ name, template }: AssembledStack, names: Measured['accountNames']): readonly Use[] {
  const { Resources, Outputs = {}, Parameters = {}, Mappings = {} } = template;
  const count = (limit: Use['limit'], of: object, property: string): Use => countOf(limit, Object.keys(of), property);
  return [
    {
      limit: 'templateBytes',
      // As the CDK writes it: indented by one (aws-cdk-lib, Stack).
      used: Buffer.byteLength(JSON.stringify(template, undefined, 1)),
      property: 'Resources',
      because: () => partsText('templateBytes', partsOf(Object.entries(Resources), names)),
    },
    countOf('templateResources', Object.entries(Resources).map(nameOf), 'Resources'),
    count('templateOutputs', Outputs, 'Outputs'),
    count('templateParameters', Parameters, 'Parameters'),
    count('templateMappings', Mappings, 'Mappings'),
    { limit: 'stackName', used: name.length, property: 'StackName', because: () => `it is ${name}` },
  ];
}

const nameOf = ([id, { Metadata }]: readonly [string, TemplateResource]): string =>
  textOf(Metadata?.['aws:cdk:path']) || id;

type Part = readonly [name: string, bytes: number];

/**
 * The resources, and the actions of a pipeline last, those of accounts after all others: one pipeline is most of its
 * template, and an account or a tenant brings an action.
 */
function partsOf(
  entries: readonly (readonly [string, TemplateResource])[],
  names: Measured['accountNames'],
): readonly Part[] {
  const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value, undefined, 1));
  const isPipeline = ([, { Type }]: readonly [string, TemplateResource]): boolean =>
    Type === 'AWS::CodePipeline::Pipeline';
  const stages = entries.filter(isPipeline).flatMap(([, { Properties }]) => stagesOf(Properties?.['Stages']));
  return [
    ...entries.filter((entry) => !isPipeline(entry)).map((entry): Part => [nameOf(entry), bytes(entry[1])]),
    ...inCountingOrder(stages.flatMap(({ actions }) => actions)).map((action): Part => [
      actionText(action, names),
      bytes(action.declared),
    ]),
  ];
}

function stacksPerPlace(templates: readonly AssembledStack[], names: Measured['accountNames']): readonly Measure[] {
  const places = new Map<string, AssembledStack[]>();
  for (const stack of templates) {
    const place = `${stack.account} ${stack.region}`;
    const there = places.get(place);
    if (there) there.push(stack);
    else places.set(place, [stack]);
  }
  return [...places.values()].flatMap((there) => {
    const [first] = there;
    if (!first) return [];
    const { used, because = () => '' } = countOf(
      'stacks',
      there.map(({ name }) => name),
      'Resources',
    );
    const holder = `${accountText(first.account, names)} in ${first.region}`;
    return [{ limit: 'stacks' as const, used, because, holder, place: placeIn(first, 'Resources') }];
  });
}
