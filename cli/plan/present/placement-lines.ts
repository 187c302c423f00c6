import { countOf } from '../../count.ts';
import { folded } from '../folded.ts';
import type { PlacementChange } from '../sections/placements.ts';
import type { PlacedStack } from '../sections/placed-stacks.ts';
import { code, type Line, line, strong, withMore } from './line.ts';
import { type AccountNames, accountSpan } from './names.ts';

const plurals: Readonly<Record<PlacementChange['change'], string>> = {
  joins: 'join',
  leaves: 'leave',
  moves: 'move',
  changes: 'change',
};

const subjects: Readonly<Record<PlacementChange['subject'], string>> = {
  account: 'Account',
  tenant: 'Tenant',
  stacks: 'Other stacks',
};

/** Details that a line names before it counts. */
const named = 2;

/** Accounts and tenants that change; those that change alike are one line. */
export const placementLines = (
  changes: readonly PlacementChange[],
  names: AccountNames,
  shape: (text: string) => string,
): readonly Line[] =>
  folded(changes, shape, (change) => JSON.stringify(change)).map(({ first, all }) => {
    if (all.length === 1) return placementLine(first, names);
    const others = all.slice(1).map((each) => line`${code(each.name)}`);
    return withMore(placementLine(first, names, ` and ${countOf(all.length - 1, first.subject)} like it`), others);
  });

/** One account or tenant: what is created and left behind, with stacks and trust below. */
function placementLine(change: PlacementChange, names: AccountNames, others = ''): Line {
  const { subject, name, details, created, leftBehind, trusted } = change;
  const who =
    subject === 'stacks'
      ? []
      : [' ', code(name), `${others} ${others === '' ? change.change : plurals[change.change]}`];
  const parts = [
    ...details.slice(0, named).map((each) => code(each)),
    ...(details.length > named ? [countOf(details.length - named, 'more of these', 'more of these')] : []),
    ...(created.length > 0 ? [`${countOf(created.length, 'stack')} created`] : []),
    ...(leftBehind.length > 0 ? [`${countOf(leftBehind.length, 'stack')} left behind${dataText(leftBehind)}`] : []),
  ];
  const listed = parts.flatMap((part, index) => [index === 0 ? ': ' : '; ', part]);
  return withMore(line`${strong(subjects[subject])}${who}${listed}.`, [
    ...(details.length > named ? details.map((each) => line`${code(each)}`) : []),
    ...created.map((stack) => line`Created: ${stackSpans(stack, names)}`),
    ...leftBehind.map(
      (stack) => line`Left behind, find it with ${code('npx crosswind orphans')}: ${stackSpans(stack, names)}`,
    ),
    ...trusted.map((sentence) => line`Trust: ${code(sentence, 300)}`),
  ]);
}

const stackSpans = ({ name, account, region, resources, data, hasKnownAccess }: PlacedStack, names: AccountNames) => [
  code(name),
  ' in ',
  accountSpan(account, names),
  ' ',
  code(account),
  ' and ',
  code(region),
  `, ${countOf(resources, 'resource')}`,
  ...data.flatMap(({ type, count }) => [`, ${count} × `, code(type)]),
  hasKnownAccess ? ', with the policies of one that was there before' : '',
];

/** ` with 3 resources that hold data`. */
function dataText(stacks: readonly PlacedStack[]): string {
  const count = stacks.flatMap(({ data }) => data).reduce((sum, each) => sum + each.count, 0);
  return count === 0 ? '' : ` with ${countOf(count, 'resource that holds', 'resources that hold')} data`;
}
