import type { Template } from '@crosswind/assembly/template';
import { isArray, isObject, type Json, type JsonObject, objectOf, textOf } from '@crosswind/aws/json';

/** Names in resources that are neither a resource, nor a parameter, nor a pseudo parameter; each once, in their order. */
export function unresolvedReferences(template: JsonObject): readonly string[] {
  const resources = objectOf(template['Resources']);
  const known = new Set([...Object.keys(resources), ...Object.keys(objectOf(template['Parameters']))]);
  const missing = new Set<string>();
  const need = (name: string): void => {
    if (!known.has(name) && !name.startsWith('AWS::')) missing.add(name);
  };
  for (const resource of Object.values(resources)) {
    const { DependsOn: dependsOn = [], Properties: properties = {} } = objectOf(resource);
    for (const name of [dependsOn].flat()) if (typeof name === 'string') need(name);
    for (const name of referencedNames(properties)) need(name);
  }
  return [...missing];
}

/** Exports that a template imports by name, as the CDK writes imports. */
export const literalImports = (template: Template): ReadonlySet<string> =>
  new Set([...JSON.stringify(template).matchAll(/\{"Fn::ImportValue":"([^"]+)"\}/g)].map(([, name = '']) => name));

function referencedNames(value: Json): readonly string[] {
  if (isArray(value)) return value.flatMap(referencedNames);
  if (!isObject(value)) return [];
  const [[name, argument] = ['', null], ...others] = Object.entries(value);
  if (others.length === 0 && name === 'Ref' && typeof argument === 'string') return [argument];
  if (others.length === 0 && name === 'Fn::GetAtt') {
    const [id] = typeof argument === 'string' ? argument.split('.') : isArray(argument) ? argument : [];
    return typeof id === 'string' ? [id] : [];
  }
  if (others.length === 0 && name === 'Fn::Sub') return namesInSub(argument);
  return Object.values(value).flatMap(referencedNames);
}

function namesInSub(argument: Json): readonly string[] {
  const [text, variables = {}] = isArray(argument) ? argument : [argument];
  const own = new Set(Object.keys(objectOf(variables)));
  const named = [...textOf(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(
    ([, name = '']) => name.trim().split('.')[0] ?? '',
  );
  return [...named.filter((name) => !own.has(name)), ...referencedNames(variables)];
}
