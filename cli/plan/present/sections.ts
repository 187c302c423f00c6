import type { Plan } from '../schema/plan-schema.ts';
import { countOf } from '../../count.ts';
import { accessLines } from './access-lines.ts';
import { withKnownValues } from './known-values.ts';
import type { Line, Section } from './line.ts';
import type { AccountNames } from './names.ts';
import { placementLines } from './placement-lines.ts';
import { actionLine, assetLines, explainedLine, resourceLine, withExplained } from './resource-lines.ts';
import { contractLines, costLines, runLines } from './run-lines.ts';
import { stopLine } from './stop-lines.ts';
import { trustLines } from './trust-lines.ts';
import { limitLine, waiverLines } from './upkeep-lines.ts';
import { alarmLine, dashboardLine } from './watching-lines.ts';

const newAccess = 'New access';

export interface PresentProps {
  /** Names of accounts by their ids, of both sides. */
  readonly names: AccountNames;
  /** Shape of a text, in which accounts and tenants are numbers. */
  readonly shape: (text: string) => string;
  readonly now: Date;
  /** True for a tenant that moves in a wave: nothing old meets anything new there. */
  readonly isMoved: (placement: { readonly tenant: string; readonly wave: string }) => boolean;
}

/** Sections of a plan in the order of gravity; those without a line are left out. */
export function sectionsOf(whole: Plan, { names, shape, now, isMoved }: PresentProps): readonly Section[] {
  const plan = withKnownValues(whole);
  const explained = explainedLines(plan, names);
  const stops = plan.stops.map((stop) => stopLine(stop, names, now));
  const resources = plan.resources.map((resource) => resourceLine(resource, names));
  const access = accessLines(plan, names, shape);
  const trust = trustLines(plan.trust, { known: plan.names, names, shape });
  const isStopped = plan.stops.some(({ by }) => by !== 'deletion');
  const noLines: readonly Line[] = [];
  const byTitle: readonly (readonly [title: string, lines: readonly Line[]])[] = [
    ['Stop', isStopped ? withExplained(stops, explained.replacements) : stops],
    [newAccess, access.length > 0 ? withExplained(access, explained.policies) : access],
    ['Trust', access.length === 0 && trust.length > 0 ? withExplained(trust, explained.policies) : trust],
    ['Contract', contractLines(plan.contract.checks.filter((check) => !isMoved(check)))],
    ['Runs', runLines(plan.runs, names)],
    ['Accounts and tenants', withExplained(placementLines(plan.placements, names, shape), explained.placements)],
    [
      'Alarms and dashboards',
      [
        ...plan.alarms.map((alarm) => alarmLine(alarm, names)),
        ...plan.dashboards.map((dashboard) => dashboardLine(dashboard, names)),
      ],
    ],
    ['Pipeline', plan.pipeline.map(actionLine)],
    [
      'Resources',
      [
        ...(isStopped ? resources : withExplained(resources, explained.replacements)),
        ...assetLines(plan.assets, names),
        ...(access.length + trust.length > 0 ? noLines : explained.policies),
      ],
    ],
    ['Limits', plan.limits.map(limitLine)],
    ['Waivers and allowances', waiverLines(plan.waivers, plan.unneededAllowances)],
    ['Cost', costLines(plan.fixedCost)],
  ];
  return byTitle.filter(([, lines]) => lines.length > 0).map(([title, lines]) => ({ title, lines }));
}

/** Resources that another line explains, each kind as a line. */
function explainedLines({ policies, following }: Plan, names: AccountNames) {
  const { placements, replacements } = following;
  const resources = (places: readonly unknown[]): string =>
    countOf(places.length, 'resource follows', 'resources follow');
  return {
    policies: explainedLine(
      policies,
      `The text of ${countOf(policies.length, 'policy', 'policies')} changes; new access and trust are all that it means.`,
      names,
    ),
    placements: explainedLine(placements, `${resources(placements)} what joins, leaves or moves.`, names),
    replacements: explainedLine(replacements, `${resources(replacements)} a resource that is replaced.`, names),
  };
}

/** One line that says how grave the change is. */
export function titleOf({ stops, access }: Plan, sections: readonly Section[]): string {
  const open = stops.filter(({ allowance }) => !allowance).length;
  if (open > 0) return `Plan: stop, data goes (${open})`;
  const lines = sections.find(({ title }) => title === newAccess)?.lines ?? [];
  if (access.length > 0) return `Plan: new access (${lines.length})`;
  return sections.length === 0 ? 'Plan: no change' : 'Plan';
}
