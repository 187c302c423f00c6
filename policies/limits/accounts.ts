import type { LimitName } from '@crosswind/aws/quotas';
import { type Located, resourcesOfType } from '../rules/rule.ts';
import { type Measure, type Measured, accountText, countOf, measuresAt } from './measure.ts';

/** Resources that count for their account and region together. */
const counted: Readonly<Record<string, LimitName>> = {
  'AWS::Logs::ResourcePolicy': 'logPolicies',
  'AWS::Oam::Link': 'linksOfAccount',
  'AWS::Oam::Sink': 'sinks',
};

/** Counts over the stacks of an account and region, and the links of all accounts in one region. */
export function accountMeasures({ stacks, accountNames }: Measured): readonly Measure[] {
  const perAccount = Object.entries(counted).flatMap(([type, limit]) =>
    grouped(resourcesOfType(stacks, type), ({ stack }) => `${stack.account} ${stack.region}`).flatMap((group) =>
      measureOf(limit, group, accountNames),
    ),
  );
  const links = grouped(resourcesOfType(stacks, 'AWS::Oam::Link'), ({ stack }) => stack.region);
  return [...perAccount, ...links.flatMap((group) => measureOf('linksOfSink', group, accountNames))];
}

function measureOf(limit: LimitName, group: readonly Located[], names: Measured['accountNames']): readonly Measure[] {
  const items = group.map(({ stack, resource }) => `${resource.path} in ${accountText(stack.account, names)}`);
  const last = group.at(-1);
  if (!last) return [];
  const holder = `${limit === 'linksOfSink' ? 'organization' : accountText(last.stack.account, names)} in ${last.stack.region}`;
  return measuresAt(last, [countOf(limit, items, 'Type')], names).map((measure) => ({ ...measure, holder }));
}

function grouped(all: readonly Located[], keyOf: (at: Located) => string): readonly (readonly Located[])[] {
  const groups = new Map<string, Located[]>();
  for (const at of all) {
    const group = groups.get(keyOf(at));
    if (group) group.push(at);
    else groups.set(keyOf(at), [at]);
  }
  return [...groups.values()];
}
