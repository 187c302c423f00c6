import { globalRegionOf } from '@crosswind/aws/partition';
import { type ServiceQuota, serviceQuotas } from '@crosswind/aws/quotas';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { stackKey } from '../platform/platform-stacks.ts';
import type { RegionFacts } from './account-facts.ts';
import type { Found } from './finding.ts';

interface Request {
  readonly quota: ServiceQuota;
  readonly id: string;
  readonly region: string;
  readonly value: number;
}

/** The command that asks AWS for more. */
export const increaseCommand = ({ quota, id, region, value }: Request): string =>
  `aws service-quotas request-service-quota-increase --region ${quota.isGlobal ? globalRegionOf(region) : region} --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${value} # in account ${id}`;

export interface QuotaProps {
  /** Keys of the stacks that the push deploys or needs. */
  readonly pushed: ReadonlySet<string>;
  /** False for a baseline of before, which may not let the role read quotas. */
  readonly isCurrent: boolean;
}

/** Quotas of an account that are below what the platform needs there. */
export const quotaFindings = (
  { account, id }: AccountBaseline,
  { region, quotas, stacks }: Pick<RegionFacts, 'region' | 'quotas' | 'stacks'>,
  { pushed, isCurrent }: QuotaProps,
): readonly Found[] =>
  quotas.flatMap(({ quota, needed, value }): readonly Found[] => {
    const common = { check: 'quota', account, id, region } as const;
    const others = stacks.filter(({ name }) => !pushed.has(stackKey(id, region, name))).length;
    const least = quota === serviceQuotas.stacks ? needed + others : needed;
    if (value === undefined) {
      if (!isCurrent) return [];
      return [
        {
          ...common,
          found: `no value of "${quota.name}" (${quota.service} ${quota.code}) that the viewer role may read`,
          needed: `at least ${least}`,
          fix: `aws service-quotas list-service-quotas --region ${quota.isGlobal ? globalRegionOf(region) : region} --service-code ${quota.service} # in account ${id}: is it enough?`,
          isWarning: true,
        },
      ];
    }
    if (value >= least) return [];
    const ofOthers = least > needed ? `, ${needed} of them of the platform` : ' for the platform alone';
    return [
      {
        ...common,
        found: `${value} as "${quota.name}"`,
        needed: `at least ${least}${ofOthers}`,
        fix: increaseCommand({ quota, id, region, value: least }),
      },
    ];
  });
