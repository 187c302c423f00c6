import { organizationRows } from '../chart/organization/rows.ts';
import { countOf } from '../chart/time-text.ts';
import { stateOf } from '../models/alarms.ts';
import { statedRuns, urgency } from '../models/family.ts';
import type { Snapshot } from '../models/snapshot.ts';
import type { ShownState } from '../models/states.ts';
import type { ViewName } from './view-props.ts';

/** How many things of a view went wrong, and how bad the worst is. */
export interface Wrong {
  readonly count: number;
  readonly state: ShownState;
  /** Sentence for those who do not see the count, for example `2 runs went wrong`. */
  readonly sentence: string;
}

export interface ViewEntry {
  readonly name: ViewName;
  readonly word: string;
  /** Letter after `g`. */
  readonly key: string;
  /** @default - nothing is counted */
  readonly wrong?: (models: Snapshot) => Wrong | undefined;
}

/** The views in the order of their links. */
export const viewEntries: readonly ViewEntry[] = [
  { name: 'now', word: 'Now', key: 'n' },
  {
    name: 'organization',
    word: 'Organization',
    key: 'o',
    wrong: wrongTenants,
  },
  {
    name: 'runs',
    word: 'Runs',
    key: 'r',
    wrong: wrongRuns,
  },
  { name: 'dashboards', word: 'Dashboards', key: 'd' },
  { name: 'alarms', word: 'Alarms', key: 'a', wrong: wrongAlarms },
  {
    name: 'permissions',
    word: 'Permissions',
    key: 'p',
    wrong: wrongPermissions,
  },
  { name: 'result', word: 'Result', key: 'w' },
  { name: 'gamedays', word: 'Game days', key: 'g', wrong: failedGames },
  { name: 'import', word: 'Import', key: 'i' },
];

function wrongAlarms({ sections: { alarms } }: Snapshot): Wrong | undefined {
  const count = alarms.filter((alarm) => stateOf(alarm) === 'ALARM').length;
  if (count === 0) return undefined;
  return { count, state: 'failed', sentence: count === 1 ? '1 alarm is in alarm' : `${count} alarms are in alarm` };
}

function wrongRuns(models: Snapshot): Wrong | undefined {
  const states = statedRuns(models)
    .map(({ state }) => state)
    .filter((state) => urgency(state) <= urgency('timed out'));
  if (states.length === 0) return undefined;
  const sentence = states.length === 1 ? '1 run went wrong' : `${states.length} runs went wrong`;
  return { count: states.length, state: states.includes('stuck') ? 'stuck' : 'failed', sentence };
}

function wrongPermissions({ decisions }: Snapshot): Wrong | undefined {
  const count = decisions.reduce((sum, { verdict, times }) => sum + (verdict === 'allowed' ? 0 : times), 0);
  return count === 0 ? undefined : { count, state: 'denied', sentence: `${countOf(count, 'call')} denied` };
}

function wrongTenants(models: Snapshot): Wrong | undefined {
  const wrong = organizationRows(models).filter(({ needsLook }) => needsLook);
  if (wrong.length === 0) return undefined;
  const sentence = `${countOf(wrong.length, 'row')} to look at`;
  return { count: wrong.length, state: wrong.some(({ worst }) => worst === 'stuck') ? 'stuck' : 'failed', sentence };
}

function failedGames({ sections }: Snapshot): Wrong | undefined {
  const { games } = sections.gameDays;
  const count = games.filter(({ outcome }) => outcome?.passed === false).length;
  return count === 0 ? undefined : { count, state: 'failed', sentence: `${countOf(count, 'game day')} failed` };
}
