import type { Plan } from '../schema/plan-schema.ts';
import { accessLines, trustLines } from './access-lines.ts';
import type { Line, Section } from './line.ts';
import type { AccountNames } from './names.ts';
import { placementLines } from './placement-lines.ts';
import { actionLine, countedLines, resourceLine, withFollowing } from './resource-lines.ts';
import { contractLines, costLines, runLines } from './run-lines.ts';
import { stopLine } from './stop-lines.ts';
import { limitLine, waiverLines } from './upkeep-lines.ts';
import { alarmLine, dashboardLine } from './watching-lines.ts';

export interface PresentProps {
  /** Names of accounts by their ids, of both sides. */
  readonly names: AccountNames;
  /** Shape of a text, in which accounts and tenants are numbers. */
  readonly shape: (text: string) => string;
  readonly now: Date;
}

/** Sections of a plan in the order of gravity; those without a line are left out. */
export function sectionsOf(plan: Plan, { names, shape, now }: PresentProps): readonly Section[] {
  const section = (title: string, lines: readonly Line[]): Section => ({ title, lines });
  return [
    section(
      'Stop',
      plan.stops.map((stop) => stopLine(stop, names, now)),
    ),
    section('New access', accessLines(plan, shape)),
    section('Trust', trustLines(plan.trust, names, shape)),
    section('Contract', contractLines(plan.contract)),
    section('Runs', runLines(plan.runs, names)),
    section(
      'Accounts and tenants',
      withFollowing(placementLines(plan.placements, names, shape), {
        ...{ places: plan.following.placements, names },
        why: 'what joins, leaves or moves.',
      }),
    ),
    section('Alarms and dashboards', [
      ...plan.alarms.map((alarm) => alarmLine(alarm, names)),
      ...plan.dashboards.map((dashboard) => dashboardLine(dashboard, names)),
    ]),
    section('Pipeline', plan.pipeline.map(actionLine)),
    section('Resources', [
      ...withFollowing(
        plan.resources.map((resource) => resourceLine(resource, names)),
        { places: plan.following.replacements, names, why: 'a resource that is replaced.' },
      ),
      ...countedLines(plan, names),
    ]),
    section('Limits', plan.limits.map(limitLine)),
    section('Waivers and allowances', waiverLines(plan.waivers, plan.unneededAllowances)),
    section('Cost', costLines(plan.fixedCost)),
  ].filter(({ lines }) => lines.length > 0);
}

/** One line that says how grave the change is. */
export function titleOf({ stops, access }: Plan, sections: readonly Section[]): string {
  const open = stops.filter(({ allowance }) => !allowance).length;
  if (open > 0) return `Plan: stop, data goes (${open})`;
  if (access.length > 0) return `Plan: new access (${access.length})`;
  return sections.length === 0 ? 'Plan: no change' : 'Plan';
}
