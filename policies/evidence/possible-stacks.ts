import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveTolerantly } from '@crosswind/assembly/resolve';
import { identify } from '@crosswind/assembly/resource-identity';
import type { Template, TemplateResource } from '@crosswind/assembly/template';
import { type Json, isArray, isObject } from '@crosswind/aws/json';

/**
 * Every stack as it could be deployed. A condition on a parameter may be met or not, whatever the parameter's default: a
 * stack with such conditions is there twice, with all of them met and with none.
 */
export function possibleStacks(stacks: readonly AssembledStack[]): readonly Stack[] {
  const plain = stacks.map((stack) => ({ ...stack, template: withArns(stack.template) }));
  const open = plain.filter(({ template }) => openConditions(template).length > 0);
  if (open.length === 0) return resolveTolerantly(plain);
  const others = plain.filter((stack) => !open.includes(stack));
  const decided = (isMet: boolean): readonly AssembledStack[] =>
    open.map((stack) => ({ ...stack, template: withDecided(stack.template, isMet) }));
  const [met, unmet] = [true, false].map((isMet) => resolveTolerantly([...others, ...decided(isMet)]));
  const paths = new Set(open.map(({ path }) => path));
  return [...(met ?? []), ...(unmet ?? []).filter(({ path }) => paths.has(path))];
}

/** Conditions that more decides than the account and region of the stack. */
const openConditions = ({ Conditions = {} }: Template): readonly string[] =>
  Object.entries(Conditions)
    .filter(([, condition]) =>
      /"Ref":"(?!AWS::)|"Condition":|"Fn::(ImportValue|FindInMap|Sub)"/.test(JSON.stringify(condition)),
    )
    .map(([name]) => name);

function withDecided(template: Template, isMet: boolean): Template {
  const decided = openConditions(template).map((name): [string, Json] => [name, { 'Fn::Equals': [isMet, true] }]);
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
