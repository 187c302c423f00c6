import type { Sections } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from './console-context.ts';
import type { SectionReader } from './section-reader.ts';
import { alarmsReader } from './sections/alarms.ts';
import { changesReader } from './sections/changes.ts';
import { clockReader } from './sections/clock.ts';
import { dashboardsReader } from './sections/dashboards.ts';
import { denialsReader } from './sections/denials.ts';
import { gameDaysReader } from './sections/game-days.ts';
import { organizationReader } from './sections/organization.ts';
import { resultsReader } from './sections/results.ts';

export type SectionReaders = { readonly [Name in keyof Sections]: SectionReader<Name> };

export const sectionReaders = (context: ConsoleContext): SectionReaders => ({
  organization: organizationReader(context),
  dashboards: dashboardsReader(context),
  alarms: alarmsReader(context),
  denials: denialsReader(context),
  changes: changesReader(context),
  results: resultsReader(context),
  gameDays: gameDaysReader(context),
  clock: clockReader(context),
});

/** All sections as they are now. */
export async function readSections(readers: SectionReaders): Promise<Sections> {
  return {
    organization: await readers.organization(),
    dashboards: await readers.dashboards(),
    alarms: await readers.alarms(),
    denials: await readers.denials(),
    changes: await readers.changes(),
    results: await readers.results(),
    gameDays: await readers.gameDays(),
    clock: await readers.clock(),
  };
}
