import { partitionOf } from '@crosswind/aws/partition';
import { accountNamed } from '../../config/deployments.ts';
import { type AccountKind, accountKinds, jobsOf, kindOf } from '../../config/account-kinds.ts';
import type { Platform } from '../../config/schema.ts';
import type { Guarded } from '../../policies/organization/guarded.ts';
import { baselineTemplate } from './baseline-template.ts';
import type { Template } from './template.ts';

/** The template of accounts of a kind. */
export interface KindBaseline {
  readonly kind: AccountKind;
  readonly template: Template;
  /** Digest of the template, the value of its parameter `BaselineDigest`. */
  readonly digest: string;
}

/** An account with the baseline that it gets. */
export interface AccountBaseline {
  readonly account: string;
  readonly id: string;
  /** Path of its unit below the root. */
  readonly organizationalUnit: string;
  readonly kind: AccountKind;
  /** The platform's region, in which the account has its roles, and each other one that it has stacks in. */
  readonly regions: readonly string[];
}

/** Baselines in the order in which they are deployed. */
export interface Baseline {
  readonly homeRegion: string;
  /** Id of the account with the sinks. */
  readonly monitoringAccount: string;
  readonly kinds: readonly KindBaseline[];
  readonly accounts: readonly AccountBaseline[];
}

/**
 * The baselines of all accounts of the platform, which the pipeline deploys to later. A detached account belongs to others. All
 * others have it, those that nothing is deployed to yet or for now included: no alarm comes before its link.
 */
export function baselineOf(platform: Platform, bootstrap: Template): Baseline {
  const accounts = accountsInOrder(platform);
  const guarded = guardedOf(platform);
  const homeRegion = platform.region;
  return {
    homeRegion,
    monitoringAccount: accountNamed(platform, platform.monitoring.account).id,
    accounts,
    kinds: accountKinds
      .filter((kind) => accounts.some((account) => account.kind === kind))
      .map((kind) => {
        const template = baselineTemplate({ bootstrap, kind, guarded, homeRegion });
        return { kind, template, digest: digestIn(template) };
      }),
  };
}

/** Accounts with a baseline, those of monitoring before those that link to them. */
export function accountsInOrder(platform: Platform): readonly AccountBaseline[] {
  const own = platform.accounts
    .filter(({ state }) => state !== 'detached')
    .map((account) => ({ ...account, kind: kindOf(platform, account) }));
  const isWorkload = ({ kind }: Pick<AccountBaseline, 'kind'>): boolean => jobsOf(kind).includes('workload');
  // Before a tenant runs in a region, its accounts link to the sink there.
  const ofWorkloads = own.filter(isWorkload).map(({ region }) => region);
  const accounts = own.map((each): AccountBaseline => {
    const { name: account, id, region, organizationalUnit, kind } = each;
    const stacksIn = isWorkload(each) ? [region] : ofWorkloads;
    return { account, id, organizationalUnit, kind, regions: [...new Set([platform.region, ...stacksIn])] };
  });
  return accountKinds.flatMap((kind) => accounts.filter((account) => account.kind === kind));
}

export const guardedOf = (platform: Platform): Guarded => ({
  partition: partitionOf(platform.region),
  organizationId: platform.organization.id,
  pipelineAccount: accountNamed(platform, platform.pipeline.account).id,
  publicBuckets: platform.organization.publicBuckets,
});

/** The digest that a baseline says it has. */
export const digestIn = ({ Resources }: Template): string => {
  const { Value: digest } = Resources['BaselineDigest']?.Properties as { readonly Value: string };
  return digest;
};
