import { objectOf, textOf } from '@crosswind/aws/json';
import type {
  MachineModel,
  OrganizationAccount,
  OrganizationModel,
  ResourceCounts,
  RoleModel,
  StackModel,
} from '../models/organization.ts';
import type { OrganizationSource, SourceAccount, SourceStack } from './organization-source.ts';
import { grantedActions, oneOrMany } from './granted-actions.ts';
import { trustsOf } from './trusts.ts';

export type { OrganizationSource, SourceStack } from './organization-source.ts';

/** The model of an organization. Accounts that only stacks name come after those that are listed. */
export function organizationModel(source: OrganizationSource): OrganizationModel {
  const { id, waves, tenants, starts, stacks, links } = source;
  const ofAccount = groupedBy(stacks, ({ account }) => account);
  const seenBy = groupedBy(links, ({ account }) => account);
  const actions = new Map<string, number>();
  const accounts = accountsOf(source).map(
    ({ id: account, name, region, jobs = [], unit, state, isFrozen = false, limits }): OrganizationAccount => {
      const own = ofAccount.get(account) ?? [];
      return {
        id: account,
        name,
        region,
        jobs,
        unit: unit ?? null,
        state: state ?? null,
        isFrozen,
        limits: limits ?? null,
        stacks: own.map(stackModel),
        machines: own.flatMap(machinesOf),
        roles: own.flatMap((stack) => rolesOf(stack, actions)),
        seenBy: [...new Set((seenBy.get(account) ?? []).map((link) => link.seenBy))],
      };
    },
  );
  return { id, waves, tenants, starts, accounts, actions: [...actions.keys()] };
}

function accountsOf({ accounts, stacks }: OrganizationSource): readonly SourceAccount[] {
  const known = new Map(accounts.map((account) => [account.id, account]));
  for (const { account: id, region } of stacks) if (!known.has(id)) known.set(id, { id, name: id, region });
  return [...known.values()];
}

/** Items by a key, in their order. */
function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), group);
    group.push(item);
  }
  return groups;
}

const stackModel = ({ name, region, status, createdAt, resources }: SourceStack): StackModel => ({
  name,
  region,
  status: status ?? null,
  createdAt: createdAt ?? null,
  counts: countsOf(resources),
});

/** Types of resources that are counted apart. */
const counted: Readonly<Record<Exclude<keyof ResourceCounts, 'resources'>, readonly string[]>> = {
  machines: ['AWS::StepFunctions::StateMachine'],
  functions: ['AWS::Lambda::Function'],
  alarms: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  dashboards: ['AWS::CloudWatch::Dashboard'],
  roles: ['AWS::IAM::Role'],
  buckets: ['AWS::S3::Bucket'],
  keys: ['AWS::KMS::Key'],
};

function countsOf(resources: SourceStack['resources']): ResourceCounts {
  const count = (kind: keyof typeof counted): number =>
    resources.filter(({ type }) => counted[kind].includes(type)).length;
  return {
    resources: resources.filter(({ type }) => type !== 'AWS::CDK::Metadata').length,
    machines: count('machines'),
    functions: count('functions'),
    alarms: count('alarms'),
    dashboards: count('dashboards'),
    roles: count('roles'),
    buckets: count('buckets'),
    keys: count('keys'),
  };
}

const machinesOf = ({ name: stack, resources }: SourceStack): readonly MachineModel[] =>
  resources
    .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
    .map(({ arn = '', properties }) => ({ arn, role: textOf(properties['RoleArn']), stack }));

function rolesOf(stack: SourceStack, actions: Map<string, number>): readonly RoleModel[] {
  return stack.resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map(({ arn = '', name, properties }) => ({
      arn,
      grants: grantedActions(stack, name, properties).map((action) => {
        const place = actions.get(action) ?? actions.size;
        actions.set(action, place);
        return place;
      }),
      trusts: oneOrMany(objectOf(properties['AssumeRolePolicyDocument'])['Statement']).flatMap(trustsOf),
    }));
}
