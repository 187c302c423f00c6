import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { type Limit, type LimitName, limitNames, limits } from '@crosswind/aws/quotas';
import { baselineDirectory } from '../../onboarding/baseline/baseline-files.ts';
import { resolvedOf } from '../../policies/evidence/evidence.ts';
import type { Measure } from '../../policies/limits/measure.ts';
import { measuresOf } from '../../policies/limits/measures.ts';
import type { Evidence } from '../../policies/rules/rule.ts';

/** Use of one limit by the part of the platform that is closest to it. */
export interface QuotaUse extends Limit {
  readonly limit: LimitName;
  readonly used: number;
  /** Below 0 where the limit is passed. */
  readonly left: number;
  /** Share of the limit that is used, in percent, rounded up, so that 100 is nothing left. */
  readonly percent: number;
  readonly state: 'fits' | 'near' | 'over';
  /** Part that uses most of it; absent where nothing uses it. */
  readonly where?: string;
}

/** Share of a limit from which its row is marked. */
export const nearPercent = 80;

/** Use of every limit by the stacks, the highest share first; last those of one, where one of one is by design. */
export function quotaUses(
  assembled: readonly AssembledStack[],
  given: Pick<Evidence, 'accountNames' | 'artifactBytes'>,
): readonly QuotaUse[] {
  const measures = measuresOf({ ...resolvedOf(assembled), ...given });
  const highest = new Map<LimitName, Measure>();
  for (const measure of measures.filter((each) => !isFixedName(each))) {
    const known = highest.get(measure.limit);
    if (known === undefined || measure.used > known.used) highest.set(measure.limit, measure);
  }
  const uses = limitNames.map((limit) => useOf(limit, highest.get(limit)));
  return uses.sort((one, other) => share(other) - share(one));
}

/** True for a name in the baseline, which the CDK gives: only the name of a region makes it longer, and all regions fit. */
const isFixedName = ({ limit, place }: Measure): boolean =>
  limit.endsWith('Name') && place.templateFile.startsWith(`${baselineDirectory}/`);

const share = (use: QuotaUse): number => (isByDesign(use) ? -1 : use.used / use.most);

/** True for a limit of one that is kept, such as the sink of an account: what uses it is there once and never grows. */
export const isByDesign = ({ used, most }: Pick<QuotaUse, 'used' | 'most'>): boolean => most === 1 && used <= most;

function useOf(limit: LimitName, measure: Measure | undefined): QuotaUse {
  const { most } = limits[limit];
  const used = measure?.used ?? 0;
  const percent = Math.ceil((100 * used) / most);
  const isNear = !isByDesign({ used, most }) && percent >= nearPercent;
  const state = used > most ? 'over' : isNear ? 'near' : 'fits';
  const where = measure && { where: measure.holder };
  return { limit, ...limits[limit], used, left: most - used, percent, state, ...where };
}
