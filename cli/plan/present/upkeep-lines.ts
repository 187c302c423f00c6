import { count } from '../../count.ts';
import type { LimitChange } from '../sections/limits.ts';
import type { PlanWaiver, WaiverChanges } from '../sections/waivers.ts';
import type { Allowance } from '../stop/allowances.ts';
import { code, type Line, line, strong } from './line.ts';

/** A limit that comes near. */
export function limitLine({ what, holder, most, unit, before, after }: LimitChange): Line {
  const of = (value: number): string => count(value) + (unit === 'items' ? '' : ` ${unit}`);
  const was = before === undefined ? 'new' : of(before);
  const percent = Math.ceil((100 * after) / most);
  return line`${strong(what)}: ${was} → ${of(after)} of ${of(most)} (${String(percent)} %) in ${code(holder)}.`;
}

/** Waivers that come, go and are due, and allowances that nothing needs. */
export function waiverLines(
  { added, removed, due }: WaiverChanges,
  unneeded: readonly Pick<Allowance, 'resource' | 'until'>[],
): readonly Line[] {
  return [
    ...added.map((waiver) => waiverLine('Added', waiver)),
    ...due.map((waiver) => waiverLine('Due', waiver)),
    ...removed.map((waiver) => waiverLine('Removed', waiver)),
    ...unneeded.map(
      ({ resource, until }) =>
        line`${strong('Not needed')}: the allowance of ${code(resource)} until ${code(until)} allows nothing in this change: remove it from ${code('platform.yaml')}.`,
    ),
  ];
}

const waiverLine = (verb: string, { rule, path, reason, owner, until, reviewAt }: PlanWaiver): Line =>
  line`${strong(verb)}: ${code(rule)} at ${code(path)}, of ${code(owner)}, until ${code(until ?? `version ${reviewAt ?? ''}`)}: ${code(reason)}`;
