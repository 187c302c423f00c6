import type { DecisionModel } from '../models/decisions.ts';
import { grouped } from '../models/grouped.ts';
import { countOf } from './time-text.ts';

/** Decisions about a principal and an action that ended alike, on whatever resources. */
export interface PermissionGroup {
  /** Principal, action and verdict. */
  readonly id: string;
  readonly principal: string;
  readonly action: string;
  /** Account ids of the resources. */
  readonly accounts: readonly string[];
  readonly verdict: DecisionModel['verdict'];
  readonly times: number;
  readonly isEstimated: boolean;
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  /** Start of a second, and decisions in it, in order. */
  readonly seconds: DecisionModel['seconds'];
  readonly resources: readonly string[];
  /** Ids of the denials. */
  readonly denials: readonly string[];
}

export const verdictOrder: readonly DecisionModel['verdict'][] = [
  'explicit deny',
  'implicit deny',
  'undecidable',
  'allowed',
];

/** Groups of decisions: what was refused first, then what came most often. */
export function permissionGroups(decisions: readonly DecisionModel[]): readonly PermissionGroup[] {
  const byId = grouped(decisions, ({ principal, action, verdict }) => `${principal} ${action} ${verdict}`);
  return [...byId]
    .map(([id, group]) => merged(id, group))
    .sort(
      (one, other) =>
        Number(one.verdict === 'allowed') - Number(other.verdict === 'allowed') ||
        other.times - one.times ||
        verdictOrder.indexOf(one.verdict) - verdictOrder.indexOf(other.verdict),
    );
}

function merged(id: string, group: readonly DecisionModel[]): PermissionGroup {
  const { principal = '', action = '', verdict = 'undecidable' } = group[0] ?? {};
  return {
    ...{ id, principal, action, verdict },
    accounts: [...new Set(group.map(({ account }) => account))],
    times: group.reduce((sum, { times }) => sum + times, 0),
    isEstimated: group.some(({ isEstimated }) => isEstimated === true),
    first: group.reduce((least, { first }) => Math.min(least, first), Infinity),
    last: group.reduce((most, { last }) => Math.max(most, last), -Infinity),
    seconds: mergedSeconds(group),
    resources: [...new Set(group.map(({ resource }) => resource))],
    denials: [...new Set(group.flatMap(({ denial }) => denial ?? []))],
  };
}

function mergedSeconds(group: readonly DecisionModel[]): DecisionModel['seconds'] {
  const [only] = group;
  if (only && group.length === 1) return only.seconds;
  const counts = new Map<number, number>();
  for (const { seconds } of group)
    for (const [second, times] of seconds) counts.set(second, (counts.get(second) ?? 0) + times);
  return [...counts].sort(([one], [other]) => one - other);
}

/** Verdicts that a list can be narrowed to. */
export const verdictFilters = ['denied', 'undecided', 'allowed'] as const;

export type VerdictFilter = (typeof verdictFilters)[number];

export function filterOf(verdict: DecisionModel['verdict']): VerdictFilter {
  if (verdict === 'allowed') return 'allowed';
  return verdict === 'undecidable' ? 'undecided' : 'denied';
}

export interface GroupFilter {
  /** Part of a role's name, an action, a resource or the name of an account, in any case. */
  readonly text: string;
  /** @default - every verdict */
  readonly verdict?: string | undefined;
  /** @default - every principal */
  readonly principal?: string | undefined;
}

/** Groups that match; `nameOf` names the account of an id. */
export function filteredGroups(
  groups: readonly PermissionGroup[],
  { text, verdict, principal }: GroupFilter,
  nameOf: (account: string) => string,
): readonly PermissionGroup[] {
  const wanted = text.trim().toLowerCase();
  const has = (part: string): boolean => part.toLowerCase().includes(wanted);
  return groups.filter(
    (group) =>
      (verdict === undefined || filterOf(group.verdict) === verdict) &&
      (principal === undefined || group.principal === principal) &&
      (wanted === '' ||
        has(group.principal) ||
        has(group.action) ||
        group.resources.some(has) ||
        group.accounts.some((account) => has(nameOf(account)))),
  );
}

/** Sentence about all groups: what is refused, and how often. */
export function permissionFinding(groups: readonly PermissionGroup[]): string {
  if (groups.length === 0) return 'No call was checked yet';
  const of = (wanted: VerdictFilter) => groups.filter(({ verdict }) => filterOf(verdict) === wanted);
  const [denied, open] = [of('denied'), of('undecided')];
  const undecided = `${countOf(open.length, 'action')} cannot be decided here, ${timesText(open)}`;
  if (denied.length === 0) return open.length === 0 ? 'Every call was allowed' : undecided;
  const verb = denied.length === 1 ? 'is' : 'are';
  const sentence = `${countOf(denied.length, 'action')} ${verb} denied, ${timesText(denied)}`;
  return open.length === 0 ? sentence : `${sentence}; ${undecided}`;
}

/** How often, with `about` for an estimate: `899 times`. */
export function timesText(groups: readonly Pick<PermissionGroup, 'times' | 'isEstimated'>[]): string {
  const times = groups.reduce((all, group) => all + group.times, 0);
  const about = groups.some(({ isEstimated }) => isEstimated) ? 'about ' : '';
  return `${about}${countOf(times, 'time')}`;
}

/** Last part of a role's ARN; any other principal as it is. */
export const principalText = (principal: string): string =>
  principal.startsWith('arn:') ? (principal.split('/').at(-1) ?? principal) : principal;

/**
 * Name of a principal without the hash of the CDK and the random end of CloudFormation: `stack-AnalyzeRole` for
 * `stack-AnalyzeRoleBC633BB0-6D47452BBCBC`.
 */
export const shortPrincipal = (principal: string): string =>
  principalText(principal).replace(/(?<=[a-z])[0-9A-F]{8}-[0-9A-Za-z]{12}$/, '');
