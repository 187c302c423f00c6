import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { resolvePartly, type Stack } from '@crosswind/assembly/resolve';
import type { Template } from '@crosswind/assembly/template';

/** Resources of a template by their logical ids. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly [attribute: string]: unknown }>>;

/** The stack of a tenant with these resources, resolved. Their construct paths end with their logical ids. */
export function stackOf(resources: Resources, account = '300000000000', more: Partial<AssembledStack> = {}): Stack {
  const path = `Crosswind/dev-tenant-${account}/Child`;
  const entries = Object.entries(resources).map(([id, resource]) => [
    id,
    { ...resource, Metadata: { 'aws:cdk:path': `${path}/${id}` } },
  ]);
  const assembled: AssembledStack = {
    ...{ path, id: path, name: 'a-child', account, region: 'us-east-1', isAgnostic: false },
    ...{ template: { Resources: Object.fromEntries(entries) as Template['Resources'] }, templateFile: 'a.json' },
    ...{ assets: new Map(), dependencies: [] },
    ...more,
  };
  const [stack] = resolvePartly([assembled]).stacks;
  if (!stack) throw new Error('expected one stack');
  return stack;
}
