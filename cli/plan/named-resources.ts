import type { Stack } from '@crosswind/assembly/resolve';
import { z } from 'zod';
import type { PlanSide } from './plan-side.ts';

export const namedResource = z
  .strictObject({
    path: z.string().describe('Construct path, or stack and logical id where the template has none.'),
    isNew: z.boolean().describe('True if the change itself creates it.'),
  })
  .describe('A resource by the name that people know.');

export type NamedResource = z.infer<typeof namedResource>;

/** Resources by their ARNs and by the names that CloudFormation generates. */
export type NamedResources = Readonly<Record<string, NamedResource>>;

/** Names of the resources of two sides that these texts mention. */
export function namedResources(before: PlanSide, after: PlanSide, texts: Iterable<string>): NamedResources {
  const paths = new Set(before.stacks.flatMap((stack) => stack.resources.map((resource) => keyOf(stack, resource))));
  const known = new Map<string, NamedResource>();
  for (const stack of [...before.stacks, ...after.stacks]) {
    for (const resource of stack.resources) {
      const { path, logicalId, arn, name, ref } = resource;
      const isNew = !paths.has(keyOf(stack, resource));
      const named = { path: path === logicalId ? `${stack.name}/${logicalId}` : path, isNew };
      for (const id of [arn, ...[name, ref].filter(isGenerated)]) if (id !== undefined) known.set(id, named);
    }
  }
  const found: Record<string, NamedResource> = {};
  for (const text of texts) {
    for (const part of text.match(arnOrName) ?? []) {
      const mention = mentionIn(part, (id) => known.get(id));
      if (mention) found[mention.id] = mention.resource;
    }
  }
  return found;
}

const keyOf = (stack: Stack, { type, path }: Stack['resources'][number]): string =>
  `${stack.account} ${stack.name} ${type} ${path}`;

/** The end that CloudFormation gives to a name; an account id has no letter. */
const isGenerated = (name: string): boolean => /-(?=\d*[a-z])[0-9a-z]{12}$/i.test(name);

/** An ARN, or a word that may be a name; quotes, commas and blanks end both. */
const arnOrName = /[^\s,"'`]+/g;

interface Mention {
  /** ARN or name of the resource itself. */
  readonly id: string;
  readonly resource: NamedResource;
  /** Text behind it, for example the pattern of keys in a bucket. */
  readonly rest: string;
}

/** The resource that a text begins with: the longest part that ends at `/` or `:`. */
function mentionIn(text: string, resourceOf: (id: string) => NamedResource | undefined): Mention | undefined {
  for (let end = text.length; end > 0; end = Math.max(text.lastIndexOf('/', end - 1), text.lastIndexOf(':', end - 1))) {
    const id = text.slice(0, end);
    const resource = resourceOf(id);
    if (resource) return { id, resource, rest: text.slice(end) };
  }
  return undefined;
}

/** The resource that an ARN, a pattern of ARNs or a name is about; undefined if it is none of these. */
export const mentioned = (text: string, named: NamedResources): Omit<Mention, 'id'> | undefined =>
  mentionIn(text, (id) => (Object.hasOwn(named, id) ? named[id] : undefined));

/** The text with construct paths in place of ARNs and generated names. */
export const withKnownNames = (text: string, named: NamedResources): string =>
  text.replace(arnOrName, (part) => {
    const mention = mentioned(part, named);
    return mention ? `${shortPath(mention.resource.path)}${mention.rest}` : part;
  });

/** Construct path as a reader looks for it, without the last part that the CDK adds. */
export const shortPath = (path: string): string => path.replace(/(\/(?:Resource|Default))+$/, '');
