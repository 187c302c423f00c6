import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import { isUnresolved, type Json } from '@crosswind/aws/json';
import { withoutAssets } from './assets.ts';
import { leafDifferences } from './leaf-differences.ts';
import type { AssetChange, ResourceChange } from './resource-change.ts';
import { shapeWithout } from './shape.ts';
import type { StackPair } from './stack-pairs.ts';
import { type ResourceDifference, templateDifference } from './template-difference.ts';

export interface ResourceChanges {
  readonly changes: readonly ResourceChange[];
  /** Resources that exist on both sides with another asset. */
  readonly assets: readonly AssetChange[];
}

export interface DifferenceProps {
  /** Digests of the assets of both sides. */
  readonly digests: ReadonlySet<string>;
  /** Names of accounts, tenants, waves and regions that may be in the templates of an account. */
  readonly namesIn: (account: string) => readonly string[];
}

/**
 * Changes of the stacks that are there before and after, in the order of the stacks. Pairs of one shape are compared once:
 * hundreds of accounts have few shapes.
 */
export function resourceChanges(pairs: readonly StackPair[], { digests, namesIn }: DifferenceProps): ResourceChanges {
  const known = new Map<string, ReadonlyMap<string, ResourceDifference>>();
  const changes: ResourceChange[] = [];
  const assets: AssetChange[] = [];
  for (const pair of pairs) {
    const [before, after] = [pair.before, pair.after].map(resourcesOf);
    if (before === after || before === undefined || after === undefined) continue;
    assets.push(...assetChanges(pair, digests));
    const [old, next] = [withoutAssets(before, digests), withoutAssets(after, digests)];
    if (old === next) continue;
    const key = shapeWithout(namesIn(pair.after.account))(`${old}\n${next}`);
    const difference = known.get(key) ?? templateDifference(JSON.parse(old) as Json, JSON.parse(next) as Json);
    known.set(key, difference);
    changes.push(...[...difference].flatMap(([id, each]) => changeOf(pair, id, each)));
  }
  return { changes, assets };
}

/** The resources of a template as text, without those whose condition is not met on this side alone. */
const resourcesOf = ({ template, resources }: Stack): string => {
  const isThere = new Set(resources.map(({ logicalId }) => logicalId));
  const entries = Object.entries(template.Resources).filter(
    ([id, { Condition }]) => Condition === undefined || isThere.has(id),
  );
  return JSON.stringify(Object.fromEntries(entries));
};

function assetChanges({ before, after }: StackPair, digests: ReadonlySet<string>): readonly AssetChange[] {
  const old = new Map(before.resources.map(({ logicalId }) => [logicalId, before.template.Resources[logicalId]]));
  return after.resources.flatMap(({ logicalId, type, path }): readonly AssetChange[] => {
    const was = old.get(logicalId);
    if (was === undefined) return [];
    const [one, other] = [was, after.template.Resources[logicalId]].map((each) => assetsIn(each, digests));
    return one === other ? [] : [{ type, path, stack: after }];
  });
}

const assetsIn = (resource: unknown, digests: ReadonlySet<string>): string =>
  [...JSON.stringify(resource).matchAll(/[0-9a-f]{64}/g)]
    .map(([digest]) => digest)
    .filter((digest) => digests.has(digest))
    .join(' ');

function changeOf(pair: StackPair, id: string, difference: ResourceDifference): readonly ResourceChange[] {
  const [before, after] = [pair.before, pair.after].map(({ resources }) => find(resources, id));
  const [was, is] = [pair.before, pair.after].map(({ template }) => template.Resources[id]);
  const own = difference.properties.filter(({ byReference }) => !byReference);
  const values = [
    ...own.flatMap(({ name, replaces, ...raw }) =>
      valuesOf(name, before, after, raw).map((value) => ({ ...value, replaces })),
    ),
    ...difference.attributes.flatMap(({ name, ...raw }) =>
      leafDifferences(name, raw.before, raw.after).map((value) => ({ ...value, replaces: 'never' as const })),
    ),
  ];
  const consequence = consequenceOf(difference, values);
  if (consequence === undefined || (!was && !is)) return [];
  const resource = after ?? before;
  const policy = is === undefined ? was?.DeletionPolicy : replacePolicyOf(was, is);
  const order = { always: 0, maybe: 1, never: 2 };
  return [
    {
      consequence,
      type: is?.Type ?? was?.Type ?? '',
      logicalId: id,
      path: resource && resource.path !== id ? resource.path : `${pair.after.path}/${id}`,
      stack: pair.after,
      ...(was && before && { before }),
      ...(is && after && { after }),
      values: [...values].sort((one, other) => order[one.replaces] - order[other.replaces]),
      followsReplacement: values.length === 0 && difference.properties.some(({ byReference }) => byReference),
      ...(policy !== undefined && { policy }),
    },
  ];
}

/** The policy of both sides; none where they differ, because CloudFormation does not document which one counts. */
const replacePolicyOf = (was: TemplateResource | undefined, is: TemplateResource): string | undefined =>
  was?.UpdateReplacePolicy === is.UpdateReplacePolicy ? is.UpdateReplacePolicy : undefined;

const find = (resources: readonly Resource[], id: string): Resource | undefined =>
  resources.find(({ logicalId }) => logicalId === id);

/** Values of a property that differ, resolved; as the templates have them where only those differ and something is unknown. */
function valuesOf(
  name: string,
  before: Resource | undefined,
  after: Resource | undefined,
  raw: { readonly before?: Json; readonly after?: Json },
) {
  const [old, next] = [before?.properties[name], after?.properties[name]];
  const resolved = leafDifferences(name, old, next);
  if (resolved.length > 0 || !isUnresolved(JSON.stringify([old, next]))) return resolved;
  return leafDifferences(name, raw.before, raw.after);
}

/** Consequence of the values that really differ: CloudFormation compares them when references are resolved. */
function consequenceOf(
  { consequence, properties }: ResourceDifference,
  values: ResourceChange['values'],
): ResourceChange['consequence'] | undefined {
  if (consequence === 'created' || consequence === 'deleted' || consequence === 'left behind') return consequence;
  const followed = properties.filter(({ byReference }) => byReference).map(({ replaces }) => replaces);
  const all = [...values.map(({ replaces }) => replaces), ...followed];
  if (all.length === 0) return properties.length === 0 ? consequence : undefined;
  if (all.includes('always')) return 'replaced';
  return all.includes('maybe') ? 'may be replaced' : 'changed';
}
