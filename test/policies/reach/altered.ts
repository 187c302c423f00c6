import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { synthesized } from '../../synthesized.ts';

/** The development accounts of the real platform. */
export const development = (): readonly Stack[] =>
  synthesized().stacks.filter(({ path }) => path.startsWith('Crosswind/dev-'));

/** Policy statements as they are and as a test wants them. */
export type Rewrite = (statements: readonly JsonObject[]) => readonly Json[];

/** Policy documents of the two roles: what each may do, and who may assume it. */
const documents = {
  'policy of the target role': ['AWS::IAM::Policy', /\/Target\/Resource\/DefaultPolicy\//, 'PolicyDocument'],
  'policy of the parent role': [
    'AWS::IAM::Policy',
    /\/Parent\/Parent\/Role\/Default\/DefaultPolicy\//,
    'PolicyDocument',
  ],
  'trust of the target role': ['AWS::IAM::Role', /\/Target\/Resource\//, 'AssumeRolePolicyDocument'],
  'trust of the parent role': [
    'AWS::IAM::Role',
    /\/Parent\/Parent\/Role\/Default\/Resource/,
    'AssumeRolePolicyDocument',
  ],
} as const;

/** The development accounts with the statements of one document rewritten. */
export function withStatements(which: keyof typeof documents, rewrite: Rewrite): readonly Stack[] {
  const [type, path, key] = documents[which];
  return altered(type, path, (properties) => {
    const document = objectOf(properties[key]);
    return { ...properties, [key]: { ...document, Statement: rewrite(listOf(document['Statement']).map(objectOf)) } };
  });
}

/** The development accounts with some property's text replaced in one resource. */
export const withText = (type: string, path: RegExp, text: string, replacement: string): readonly Stack[] =>
  altered(
    type,
    path,
    (properties) => JSON.parse(JSON.stringify(properties).replaceAll(text, replacement)) as JsonObject,
  );

/** Changes exactly one resource; a change that changes nothing would prove nothing. */
function altered(type: string, path: RegExp, change: (properties: JsonObject) => JsonObject): readonly Stack[] {
  let changes = 0;
  const alter = (resource: Resource): Resource => {
    if (resource.type !== type || !path.test(resource.path)) return resource;
    const properties = change(resource.properties);
    if (JSON.stringify(properties) !== JSON.stringify(resource.properties)) changes += 1;
    return { ...resource, properties };
  };
  const stacks = development().map((stack) => ({ ...stack, resources: stack.resources.map(alter) }));
  if (changes !== 1) throw new Error(`expected to change one ${type} at ${path.source}, changed ${changes}`);
  return stacks;
}
