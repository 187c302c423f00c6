import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { objectOf, textOf } from '@crosswind/aws/json';
import { type ServiceQuota, serviceQuotas } from '@crosswind/aws/quotas';

/** A quota, and how much of it the platform needs in one account. */
export interface NeededQuota {
  readonly quota: ServiceQuota;
  readonly needed: number;
}

/** Quotas that count resources, by their types. */
const counted: Readonly<Record<string, ServiceQuota>> = {
  'AWS::IAM::ManagedPolicy': serviceQuotas.managedPolicies,
  'AWS::IAM::Role': serviceQuotas.roles,
};

/** Quotas of builds that run at a time, by the environment of a project (`AWS::CodeBuild::Project`). */
const ofBuilds: Readonly<Record<string, ServiceQuota>> = {
  'LINUX_CONTAINER BUILD_GENERAL1_SMALL': serviceQuotas.smallBuilds,
  'LINUX_CONTAINER BUILD_GENERAL1_MEDIUM': serviceQuotas.mediumBuilds,
  'LINUX_CONTAINER BUILD_GENERAL1_LARGE': serviceQuotas.largeBuilds,
};

/** Quotas that an account needs in a region. */
export type NeededQuotas = (account: string, region: string) => readonly NeededQuota[];

/**
 * Quotas that stacks need where they are; what counts for the whole account is needed in the home region. Resources on a
 * condition count.
 */
export function neededQuotas(stacks: readonly AssembledStack[], homeRegion: string): NeededQuotas {
  const places = new Map<string, Map<ServiceQuota, number>>();
  for (const stack of stacks) {
    for (const [quota, count] of neededBy(stack)) {
      const place = `${stack.account} ${quota.isGlobal ? homeRegion : stack.region}`;
      const there = places.get(place) ?? new Map<ServiceQuota, number>();
      places.set(place, there.set(quota, isOfBuilds(quota) ? 1 : (there.get(quota) ?? 0) + count));
    }
  }
  return (account, region) =>
    [...(places.get(`${account} ${region}`) ?? [])].map(([quota, needed]) => ({ quota, needed }));
}

/** One build at a time is enough: others wait in a queue of five times the quota (CodeBuild: "Builds"). */
const isOfBuilds = (quota: ServiceQuota): boolean => quota.service === 'codebuild';

function neededBy({ template }: AssembledStack): ReadonlyMap<ServiceQuota, number> {
  const found = new Map<ServiceQuota, number>([[serviceQuotas.stacks, 1]]);
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const quota = Type === 'AWS::CodeBuild::Project' ? quotaOfBuild(Properties?.['Environment']) : counted[Type];
    if (quota) found.set(quota, (found.get(quota) ?? 0) + 1);
  }
  return found;
}

function quotaOfBuild(environment: Parameters<typeof objectOf>[0]): ServiceQuota | undefined {
  const { Type, ComputeType } = objectOf(environment);
  return ofBuilds[`${textOf(Type)} ${textOf(ComputeType)}`];
}
