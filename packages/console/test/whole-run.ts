import type { RunSource } from '../src/server/snapshot.ts';
import { alarmOf, changed } from './alarm-fixture.ts';
import { game, outcomeOf } from './game-days-fixture.ts';
import { account, type GivenWidget, lineOf, metricsRun } from './metrics-fixture.ts';
import { organizationOf } from './org-fixture.ts';
import { endedAt, harbors, orders, runArn, runWithResults } from './result-fixture.ts';
import { type Names, plainNames, start, stuckRun } from './stuck-run.ts';

type Execution = RunSource['executions'][number];

const kinds = ['runs', 'tenants', 'dashboards', 'alarms', 'decisions', 'harbors', 'games'] as const;

/** How many there are of a kind. */
export type Counts = Readonly<Record<(typeof kinds)[number], number>>;

/** The same number of each kind. */
export const ofEach = (count: number): Counts =>
  Object.fromEntries(kinds.map((kind) => [kind, count])) as Record<(typeof kinds)[number], number>;

/** Names of the run, and of everything else by its kind and place. */
export interface WholeNames {
  readonly run: Names;
  readonly nameOf: (kind: string, index: number) => string;
}

const plain: WholeNames = { run: plainNames, nameOf: (kind, index) => `${kind}-${index}` };

/** The stuck run with rows in every view; the first alarm fires 20 minutes after its start. */
export function wholeRun(counts: Counts, { run: names, nameOf }: WholeNames = plain): RunSource {
  const many = <Item>(kind: keyof Counts, make: (name: string, index: number) => Item): readonly Item[] =>
    Array.from({ length: counts[kind] }, (_, index) => make(nameOf(kind, index), index));
  const run = stuckRun(names);
  const alarms = many('alarms', (name, index) => alarm(name, index === 0));
  const [parent, ...children] = run.executions;
  const [polls] = run.decisions;
  if (!parent || !polls) throw new Error('the stuck run has a parent and its polls');
  const { sections, answers: ofWidgets = [] } = metricsRun(widgets(nameOf, alarms), alarms, nameOf('dashboards', 0));
  const { answers: ofResults = [] } = runWithResults(harbors(counts.harbors, (index) => nameOf('harbors', index)));
  if (!sections) throw new Error('a run with metrics has sections');
  const executions = many('runs', (_, index) => (index === 0 ? parent : otherRun(parent, index)));
  return {
    ...run,
    accounts: [...run.accounts, { id: account, name: 'monitoring' }],
    executions: executions.length === 0 ? [] : [...executions, ...children],
    decisions: many('decisions', (name, index) =>
      index === 0 ? polls : { ...polls, ...allowedOnce, id: `allowed-${index}`, action: name },
    ),
    verdicts: executions.length === 0 ? [] : run.verdicts,
    answers: [...ofWidgets, ...ofResults],
    sections: {
      ...sections,
      dashboards: sections.dashboards.flatMap((each) => many('dashboards', (name) => ({ ...each, name }))),
      organization: organizationOf({
        ...{ tenants: counts.tenants, waves: ['dev'], tenantName: (index) => nameOf('tenants', index) },
        deployRole: nameOf('roles', 2),
      }),
      results: counts.harbors === 0 ? [] : [{ ...orders, runs: [{ run: runArn, wave: 'dev', endedAt }] }],
      gameDays: {
        games: many('games', (name, index) => ({
          ...game(name),
          outcome: index === 0 ? outcomeOf({ passed: false, missing: [nameOf('alarms', 0)] }) : null,
        })),
        ...{ playing: null, problems: [] },
      },
    },
  };
}

const allowedOnce = { verdict: 'allowed', denial: null, times: 1, last: start, seconds: [[start, 1]] } as const;

const alarm = (name: string, fires: boolean) =>
  alarmOf({
    name,
    description: `${name} Runbook: https://github.com/o/p/blob/main/docs/runbooks/late.md`,
    history: [...alarmOf({ name }).history, ...(fires ? [changed(20, 'ALARM', [[start + 900_000, 1]])] : [])],
  });

/** A chart with values at the start, and 5 and 15 minutes later; tiles of alarms, a text, and what is not drawn. */
const widgets = (nameOf: WholeNames['nameOf'], alarms: readonly { readonly arn: string }[]): readonly GivenWidget[] => [
  {
    widget: {
      ...{ type: 'metric', width: 12, height: 6 },
      properties: { title: nameOf('charts', 0), metrics: [['AWS/States', 'ExecutionsStarted']] },
    },
    lines: [lineOf(nameOf('lines', 0))],
  },
  {
    widget: {
      type: 'alarm',
      properties: { title: nameOf('tiles', 0), alarms: alarms.slice(0, 3).map(({ arn }) => arn) },
    },
  },
  { widget: { type: 'text', properties: { markdown: `# ${nameOf('texts', 0)}` } } },
  { widget: { type: 'log', properties: { title: nameOf('logs', 0) } } },
];

const otherRun = (parent: Execution, index: number): Execution => ({
  ...parent,
  ...{ name: `run-${index + 1}`, executionArn: `${parent.executionArn}-${index + 1}`, events: [], mapRuns: [] },
});
