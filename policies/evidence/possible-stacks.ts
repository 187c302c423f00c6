import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveTolerantly } from '@crosswind/assembly/resolve';
import { identify } from '@crosswind/assembly/resource-identity';
import type { Template, TemplateResource } from '@crosswind/assembly/template';
import { type Json, isArray, isObject } from '@crosswind/aws/json';

/** A value for each open condition of a template. */
type World = ReadonlyMap<string, boolean>;

/** Most conditions of one resource that are tried in all their combinations. */
const mostCombined = 6;

/**
 * Every stack as it could be deployed. A condition on a parameter may be met or not, whatever the parameter's default: a
 * stack with such conditions is there once for each combination that one of its resources depends on.
 */
export function possibleStacks(stacks: readonly AssembledStack[]): readonly Stack[] {
  const plain = stacks.map((stack) => ({ ...stack, template: withArns(stack.template) }));
  const worlds = new Map(plain.map((stack) => [stack.path, worldsOf(stack.template)]));
  const most = Math.max(...[...worlds.values()].map(({ length }) => length), 1);
  return Array.from({ length: most }, (_, index) => {
    // The other stacks are there too, so that what is imported from them is known.
    const chosen = plain.map((stack) => {
      const ofStack = worlds.get(stack.path) ?? [];
      const world = ofStack[index] ?? ofStack[0];
      return { ...stack, template: world ? decidedIn(stack.template, world) : stack.template };
    });
    const paths = new Set(plain.filter(({ path }) => index < (worlds.get(path)?.length ?? 0)).map(({ path }) => path));
    return resolveTolerantly(chosen).filter(({ path }) => index === 0 || paths.has(path));
  }).flat();
}

/** Conditions that a parameter or another stack decides; those of conditions only follow from them. */
const openConditions = ({ Conditions = {} }: Template): readonly string[] =>
  Object.entries(Conditions)
    .filter(([, condition]) => /"Ref":"(?!AWS::)|"Fn::(ImportValue|FindInMap|Sub)"/.test(JSON.stringify(condition)))
    .map(([name]) => name);

/** The combinations of open conditions that make a difference: all are met, none is, and those of each resource. */
function worldsOf(template: Template): readonly World[] {
  const open = openConditions(template);
  if (open.length === 0) return [];
  const combined = Object.values(template.Resources).flatMap((resource) => {
    const own = open.filter((name) => dependsOn(JSON.stringify(resource), name, template));
    return own.length < 2 ? [] : combinationsOf(own.slice(0, mostCombined));
  });
  const everywhere = [true, false].map((isMet) => new Map(open.map((name) => [name, isMet])));
  const worlds = [
    ...everywhere,
    ...combined.map((some) => new Map([...open.map((name) => [name, true] as const), ...some])),
  ];
  return [...new Map(worlds.map((world) => [JSON.stringify([...world]), world])).values()];
}

/** True if what a template says somewhere depends on a condition, also by another condition. */
function dependsOn(text: string, condition: string, { Conditions = {} }: Template): boolean {
  const names = [condition, ...Object.keys(Conditions).filter((name) => followsFrom(name, condition, Conditions))];
  return names.some((name) => text.includes(`"Condition":"${name}"`) || text.includes(`"Fn::If":["${name}",`));
}

const followsFrom = (name: string, other: string, conditions: Readonly<Record<string, Json>>): boolean =>
  [...JSON.stringify(conditions[name] ?? null).matchAll(/"Condition":"(\w+)"/g)].some(
    ([, inner = '']) => inner === other || (inner !== name && followsFrom(inner, other, conditions)),
  );

const combinationsOf = (names: readonly string[]): readonly World[] =>
  Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Map(names.map((name, at) => [name, ((bits >> at) & 1) === 1])),
  );

function decidedIn(template: Template, world: World): Template {
  const decided = [...world].map(([name, isMet]): [string, Json] => [name, { 'Fn::Equals': [isMet, true] }]);
  return { ...template, Conditions: { ...template.Conditions, ...Object.fromEntries(decided) } };
}

/**
 * The template with ARNs where a statement names a resource by `Ref`. For types that the reader does not know, the value of
 * `Ref` is open, but it is that resource and no other.
 */
function withArns(template: Template): Template {
  const replaced = (value: Json, isResource: boolean): Json => {
    if (isArray(value)) return value.map((item) => replaced(item, isResource));
    if (!isObject(value)) return value;
    const reference = value['Ref'];
    if (isResource && typeof reference === 'string' && isOpaque(template.Resources[reference])) {
      return { 'Fn::GetAtt': [reference, 'Arn'] };
    }
    const isStatement = 'Effect' in value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        replaced(item, isStatement && (key === 'Resource' || key === 'NotResource')),
      ]),
    );
  };
  return {
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([id, { Properties, ...resource }]) => [
        id,
        Properties === undefined
          ? resource
          : { ...resource, Properties: replaced(Properties, false) as typeof Properties },
      ]),
    ),
  };
}

const somewhere = { partition: 'aws', account: '', region: '', stackName: '', logicalId: '' };

const isOpaque = (resource: TemplateResource | undefined): boolean =>
  resource !== undefined && identify(resource.Type, somewhere, {}) === undefined;
