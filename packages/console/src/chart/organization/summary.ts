import type { OrganizationAccount, OrganizationModel, ResourceCounts } from '../../models/organization.ts';
import { countOf, countText } from '../time-text.ts';
import type { OrganizationRow } from './rows.ts';

/** Accounts of the organization, without a management account that contains nothing. */
export const usedAccounts = ({ accounts }: OrganizationModel): readonly OrganizationAccount[] =>
  accounts.filter(({ jobs, stacks }) => stacks.length > 0 || !jobs.includes('management'));

/** Sentence about the whole: what needs a look, else how large it is. */
export function organizationFinding(model: OrganizationModel, rows: readonly OrganizationRow[]): string {
  const wrong = rows.filter(({ needsLook }) => needsLook);
  if (wrong.length === 0) return sizeText(model);
  const tenants = wrong.filter(({ tenant }) => tenant !== undefined).length;
  const [count, of] = tenants > 0 ? [tenants, model.tenants.length] : [wrong.length, rows.length];
  const some = tenants > 0 ? countOf(of, 'tenant') : countOf(of, 'group of accounts', 'groups of accounts');
  const verb = count === 1 ? 'needs' : 'need';
  return count === of ? `${some} ${verb} a look` : `${countText(count)} of ${some} ${verb} a look`;
}

/** For example `6 accounts, 1 tenant, 2 waves`. */
export function sizeText(model: OrganizationModel): string {
  const { tenants, waves } = model;
  const accounts = countOf(usedAccounts(model).length, 'account');
  if (waves.length === 0 && tenants.length === 0) {
    const stacks = model.accounts.reduce((sum, account) => sum + account.stacks.length, 0);
    return `${accounts}, ${countOf(stacks, 'stack')}`;
  }
  return `${accounts}, ${countOf(tenants.length, 'tenant')}, ${countOf(waves.length, 'wave')}`;
}

/** Sum of the resources of an account that are deployed, or of some of its stacks. */
export function countsOf({ stacks }: OrganizationAccount, names?: readonly string[]): ResourceCounts {
  const deployed = stacks.filter(({ name, status }) => status !== null && names?.includes(name) !== false);
  const sum = (kind: keyof ResourceCounts): number => deployed.reduce((all, { counts }) => all + counts[kind], 0);
  return {
    resources: sum('resources'),
    machines: sum('machines'),
    functions: sum('functions'),
    alarms: sum('alarms'),
    dashboards: sum('dashboards'),
    roles: sum('roles'),
    buckets: sum('buckets'),
    keys: sum('keys'),
  };
}

const kinds: readonly (readonly [kind: keyof ResourceCounts, one: string])[] = [
  ['machines', 'machine'],
  ['functions', 'function'],
  ['roles', 'role'],
  ['buckets', 'bucket'],
  ['keys', 'key'],
  ['alarms', 'alarm'],
  ['dashboards', 'dashboard'],
];

/** Kinds of resources that are there, for example `2 machines, 5 functions`. */
export function countsText(counts: ResourceCounts): string {
  const parts = kinds.filter(([kind]) => counts[kind] > 0).map(([kind, one]) => countOf(counts[kind], one));
  if (parts.length > 0) return parts.join(', ');
  return counts.resources === 0 ? 'nothing is deployed' : countOf(counts.resources, 'resource');
}

/** Accounts other than the tooling account with a role that it may assume, and how many stacks they have. */
export function deploysText(model: OrganizationModel, tooling: OrganizationAccount): string {
  const reached = model.accounts.filter(
    ({ id, roles }) =>
      id !== tooling.id && roles.some(({ trusts }) => trusts.some(({ account }) => account === tooling.id)),
  );
  const stacks = reached.reduce((sum, account) => sum + account.stacks.length, 0);
  return `deploys ${countOf(stacks, 'stack')} to ${countOf(reached.length, 'account')}`;
}

/** Accounts whose metrics and logs a monitoring account receives, and what it makes of them. */
export function receivesText(model: OrganizationModel, monitoring: OrganizationAccount): string {
  const linked = model.accounts.filter(({ seenBy }) => seenBy.includes(monitoring.id)).length;
  const { alarms, dashboards } = countsOf(monitoring);
  return `receives metrics and logs of ${countOf(linked, 'account')}, ${countOf(dashboards, 'dashboard')}, ${countOf(alarms, 'alarm')}`;
}

/** Roles of an account that another account may assume. */
export const rolesFor = ({ roles }: OrganizationAccount, other: string): readonly string[] =>
  roles
    .filter(({ trusts }) => trusts.some(({ account }) => account === other))
    .map(({ arn }) => arn.split('/').at(-1) ?? arn);
