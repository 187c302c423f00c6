import { type Address, runView } from '../models/address.ts';
import { alarmItem } from '../models/alarms.ts';
import { dashboardItem } from '../models/dashboards.ts';
import { familyOf, rootOf, shownState } from '../models/family.ts';
import type { Snapshot } from '../models/snapshot.ts';
import { permissionGroups } from './permission-groups.ts';

/** Actions of the palette that are no address. */
export const paletteActions = [
  ['copy-link', 'Copy the link to this view'],
  ['copy-statement', 'Copy the statement that fixes it'],
  ['newest', 'Go back to the newest time'],
  ['letters', 'Switch letters as keys on or off'],
  ['keys', 'Show the keys'],
] as const;

export type PaletteAction = (typeof paletteActions)[number][0];

/** Something that a palette finds. */
export interface Candidate {
  /** Word for its kind, for example `Run`. */
  readonly kind: string;
  readonly text: string;
  /** Second text that is searched as well: account, status or role; empty for none. */
  readonly hint: string;
  readonly target: Omit<Address, 'at' | 'from' | 'to'> | PaletteAction;
}

/** Views of the page, with their words. */
export type PaletteViews = readonly { readonly name: string; readonly word: string; readonly view: Address['view'] }[];

/**
 * Everything that can be gone to or done: views and actions first, then the states of the run that is open, then the rest.
 *
 * @param own everything but what is imported
 * @param open the view that is shown, and the models that it shows
 * @param imports imported runs by their digests
 */
export function candidatesOf(
  own: Snapshot,
  views: PaletteViews,
  open: { readonly view: Address['view']; readonly models: Snapshot },
  imports: ReadonlyMap<string, { readonly snapshot: Snapshot }> = new Map(),
): readonly Candidate[] {
  return [
    ...views.map(({ word, view }): Candidate => ({ kind: 'View', text: word, hint: '', target: { view } })),
    ...paletteActions.map(([target, text]): Candidate => ({ kind: 'Action', text, hint: '', target })),
    ...statesOf(open.models, open.view),
    ...runsOf(own),
    ...[...imports].flatMap(([digest, { snapshot }]) => runsOf(snapshot, digest)),
    ...sectionsOf(own),
    ...permissionsOf(own),
  ];
}

const runsOf = ({ executions, verdicts }: Snapshot, imported?: string): readonly Candidate[] =>
  executions.map((execution) => ({
    kind: imported !== undefined ? 'Imported run' : execution.parent === null ? 'Run' : 'Execution',
    text: `${execution.title} ${execution.name}`,
    hint: `${shownState(execution, verdicts)} ${execution.account}`,
    target: { view: inImport(runView(execution.arn, 'waterfall'), imported) },
  }));

const inImport = (view: Address['view'], imported: string | undefined): Address['view'] =>
  view.name === 'run' && imported !== undefined ? { ...view, imported } : view;

/** States of the graphs of the run that is open. */
function statesOf({ executions, graphs }: Snapshot, open: Address['view']): readonly Candidate[] {
  if (open.name !== 'run') return [];
  const asked = executions.find(({ arn }) => {
    const view = runView(arn, open.view);
    return (
      view.name === 'run' &&
      view.account === open.account &&
      view.machine === open.machine &&
      view.execution === open.execution
    );
  });
  if (!asked) return [];
  return familyOf(executions, rootOf(executions, asked)).flatMap((execution) => {
    const graph = graphs.find(({ machineArn }) => machineArn === execution.machineArn);
    const states = graph?.nodes.filter(({ kind }) => kind === 'state') ?? [];
    return states.map(({ name, type }): Candidate => ({
      kind: 'State',
      text: name,
      hint: `${type} ${execution.title}`,
      target: { view: inImport(runView(execution.arn, 'graph'), open.imported), state: name },
    }));
  });
}

function sectionsOf({ accounts, sections }: Snapshot): readonly Candidate[] {
  const { organization, alarms, dashboards, gameDays } = sections;
  const known = organization?.accounts ?? accounts;
  return [
    ...known.map(({ id, name }): Candidate => ({
      ...{ kind: 'Account', text: name, hint: id },
      target: { view: { name: 'organization', item: id } },
    })),
    ...(organization?.tenants ?? []).map(({ name, workload }): Candidate => ({
      ...{ kind: 'Tenant', text: name, hint: workload },
      target: { view: { name: 'result', item: name } },
    })),
    ...alarms.map((alarm): Candidate => ({
      ...{ kind: 'Alarm', text: alarm.name, hint: alarm.account },
      target: { view: { name: 'alarms', item: alarmItem(alarm) } },
    })),
    ...dashboards.map((dashboard): Candidate => ({
      ...{ kind: 'Dashboard', text: dashboard.name, hint: dashboard.account },
      target: { view: { name: 'dashboards', item: dashboardItem(dashboard) } },
    })),
    ...gameDays.games.map(({ name }): Candidate => ({
      ...{ kind: 'Game day', text: name, hint: '' },
      target: { view: { name: 'gamedays', item: name } },
    })),
  ];
}

/** Roles, and the actions that they asked for. */
function permissionsOf({ decisions }: Snapshot): readonly Candidate[] {
  const groups = permissionGroups(decisions);
  const roles = [...new Set(groups.map(({ principal }) => principal))];
  const shortOf = (principal: string): string => principal.split('/').at(-1) ?? principal;
  return [
    ...roles.map((principal): Candidate => ({
      ...{ kind: 'Role', text: shortOf(principal), hint: principal },
      target: { view: { name: 'permissions', item: principal } },
    })),
    ...groups.map(({ id, action, principal, verdict }): Candidate => ({
      ...{ kind: 'Permission', text: action, hint: `${verdict} ${shortOf(principal)}` },
      target: { view: { name: 'permissions' }, event: id },
    })),
  ];
}
