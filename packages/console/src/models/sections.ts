import { type AlarmModel, alarmsAt } from './alarms.ts';
import { type ChangeModel, changesAt } from './changes.ts';
import type { ClockModel } from './clock.ts';
import { type DashboardModel, dashboardsAt } from './dashboards.ts';
import { type DenialModel, denialsAt } from './denials.ts';
import { type GameDaysModel, gameDaysAt, noGameDays } from './game-days.ts';
import { type OrganizationModel, organizationAt } from './organization.ts';
import { lazily } from './remembered.ts';
import { type ResultModel, resultsAt } from './results.ts';

/** Models of a page besides runs; each of them is read, and sent, as a whole. */
export interface Sections {
  /** Null where nothing is deployed, as in an import. */
  readonly organization: OrganizationModel | null;
  readonly dashboards: readonly DashboardModel[];
  readonly alarms: readonly AlarmModel[];
  readonly denials: readonly DenialModel[];
  readonly changes: readonly ChangeModel[];
  readonly results: readonly ResultModel[];
  readonly gameDays: GameDaysModel;
  /** Null where no sandbox is served, as in a file. */
  readonly clock: ClockModel | null;
}

export const noSections: Sections = {
  organization: null,
  dashboards: [],
  alarms: [],
  denials: [],
  changes: [],
  results: [],
  gameDays: noGameDays,
  clock: null,
};

/** The sections as they were at an earlier time, each of them computed when a view reads it. */
export const sectionsAt = (sections: Sections, at: number): Sections =>
  lazily<Sections>(sections, {
    organization: () => sections.organization && organizationAt(sections.organization, at),
    dashboards: () => dashboardsAt(sections.dashboards, at),
    alarms: () => alarmsAt(sections.alarms, at),
    denials: () => denialsAt(sections.denials, at),
    changes: () => changesAt(sections.changes, at),
    results: () => resultsAt(sections.results, at),
    gameDays: () => gameDaysAt(sections.gameDays),
  });
