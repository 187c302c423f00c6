import { limits } from '@crosswind/aws/quotas';
import { fixOf } from '../limits/fixes.ts';
import type { Measure } from '../limits/measure.ts';
import { measuresOf } from '../limits/measures.ts';
import type { Rule } from './rule.ts';

export const withinLimits: Rule = {
  id: 'LIMIT-1',
  severity: 'error',
  requires: 'Everything that is deployed is within the limits of AWS.',
  because: 'AWS refuses what is above a limit when it is deployed, often after other accounts have changed.',
  fix: 'Use less of what is limited. `npx crosswind quotas` prints every limit with what is left of it.',
  check: (evidence) =>
    measuresOf(evidence)
      .filter(({ limit, used }) => used > limits[limit].most)
      .map((measure) => ({ ...measure.place, message: messageOf(measure), fix: fixOf(measure.limit) })),
};

function messageOf({ limit, used, holder, because }: Measure): string {
  const { what, most, unit } = limits[limit];
  const number = (value: number): string => value.toLocaleString('en') + (unit === 'items' ? '' : ` ${unit}`);
  const reason = because();
  return `${what}: expected at most ${number(most)}, got ${number(used)} in ${holder}${reason === '' ? '' : `; ${reason}`}`;
}
