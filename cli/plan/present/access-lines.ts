import type { AccessChange, TrustChange } from '../../../policies/reach/new-access-types.ts';
import { countOf } from '../../count.ts';
import { folded } from '../folded.ts';
import type { Plan } from '../schema/plan-schema.ts';
import { code, type Line, line, separated, type Span, strong, withMore } from './line.ts';
import type { AccountNames } from './names.ts';

/** Actions that a line names before it counts. */
const named = 3;

/** Access that becomes possible, by principal and resource; what is alike in several accounts is one line. */
export function accessLines(
  plan: Pick<Plan, 'access' | 'renamedRoles'>,
  shape: (text: string) => string,
): readonly Line[] {
  const byHolder = folded(plan.access, (text) => text, holderOf).map(({ first, all }) => ({
    first,
    all,
    actions: [...new Set(all.map(({ action }) => action))].sort(),
    isNeeded: all.some(({ neededBy }) => neededBy.length > 0),
  }));
  const text = ({ first, actions, isNeeded }: (typeof byHolder)[number]): string =>
    JSON.stringify([holderOf(first), actions, isNeeded]);
  const groups = folded(byHolder, shape, text).map(({ first, all }) =>
    accessLine(
      first,
      all.map((each) => each.first),
      all.flatMap((each) => each.all),
    ),
  );
  return [...groups, ...renamedLines(plan, shape)];
}

const holderOf = ({ kind, principal, resource, because, certain, policy }: AccessChange): string =>
  JSON.stringify([kind, principal, resource, because, certain, policy]);

interface Holder {
  readonly first: AccessChange;
  readonly actions: readonly string[];
  readonly isNeeded: boolean;
}

function accessLine(
  { first, actions, isNeeded }: Holder,
  alike: readonly AccessChange[],
  all: readonly AccessChange[],
): Line {
  const { kind, principal, resource, because, certain } = first;
  const who: readonly Span[] =
    kind === 'everyone' ? [strong('everyone')] : [kind === 'account' ? '' : `${kind} `, code(principal)];
  const others = alike.length > 1 ? ` and ${countOf(alike.length - 1, 'pair')} like it` : '';
  const may = certain ? 'may' : 'could';
  const cause = because === 'allowed' ? '' : `, ${because}`;
  const need = isNeeded ? '' : '; called by nobody: remove it';
  return withMore(
    line`${who} ${may} ${actionSpans(actions)} on ${code(resource)}${others}${cause}${need}.`,
    all.map(detailLine),
  );
}

const detailLine = ({ principal, action, resource, policy, request, neededBy }: AccessChange): Line =>
  line`${code(principal)} ${code(action)} ${code(resource)} by ${code(policy)}${contextSpans(request.context)}, needed by ${neededBy.length === 0 ? 'nobody' : separated(neededBy.slice(0, named).map((call) => code(call)))}`;

function contextSpans(context: Readonly<Record<string, string>>): readonly Span[] {
  const keys = Object.entries(context);
  return keys.length === 0 ? [] : [' with ', ...separated(keys.map(([key, value]) => code(`${key} = ${value}`)))];
}

/** `s3:GetObject, s3:PutObject and 2 more actions`. */
function actionSpans(actions: readonly string[]): readonly Span[] {
  const more = actions.length - named;
  return [
    ...separated(actions.slice(0, named).map((action) => code(action))),
    ...(more > 0 ? [` and ${countOf(more, 'more action', 'more actions')}`] : []),
  ];
}

function renamedLines({ renamedRoles }: Pick<Plan, 'renamedRoles'>, shape: (text: string) => string): readonly Line[] {
  return folded(renamedRoles, shape, (role) => JSON.stringify(role)).map(
    ({ first: { before, after, sameAccess }, all }) => {
      const others = all.length > 1 ? ` and ${countOf(all.length - 1, 'role')} like it` : '';
      const access = sameAccess ? 'it may do the same' : 'its other differences are above';
      return withMore(
        line`${strong('Renamed')}: role ${code(before)} is ${code(after)}${others}; ${access}.`,
        all.length > 1 ? all.map((role) => line`${code(role.before)} is ${code(role.after)}`) : [],
      );
    },
  );
}

const verbs = { added: 'Added', removed: 'Removed', changed: 'Changed', same: 'Same' } as const;

/** Cells of the matrix of trust that differ. The matrix before and after is folded below the first. */
export function trustLines(
  trust: readonly TrustChange[],
  names: AccountNames,
  shape: (text: string) => string,
): readonly Line[] {
  const changed = trust.filter(({ change }) => change !== 'same');
  const order = ['added', 'changed', 'removed'];
  const lines = [...folded(changed, shape, (cell) => JSON.stringify(cell))]
    .sort((one, other) => order.indexOf(one.first.change) - order.indexOf(other.first.change))
    .map(({ first, all }) => {
      const others = all.length > 1 ? ` and ${countOf(all.length - 1, 'pair')} like it` : '';
      const where = names.get(first.toAccount) ?? first.toAccount;
      return withMore(
        line`${strong(verbs[first.change])}: ${code(first.from)} → ${code(first.to)} in ${code(where)}${others}: ${actionSpans(first.actions)}${conditionSpans(first)}.`,
        all.length > 1 ? all.map((cell) => line`${code(cell.from)} → ${code(cell.to)}`) : [],
      );
    });
  const [first, ...others] = lines;
  return first ? [withMore(first, matrixLines(trust)), ...others] : [];
}

function conditionSpans({ change, conditions, before }: TrustChange): readonly Span[] {
  const said = (some: readonly string[]): readonly Span[] =>
    some.length === 0 ? [' without a condition'] : [' if ', ...separated(some.map((each) => code(each)))];
  if (change !== 'changed' || !before) return said(conditions);
  return [...said(conditions), '; before ', ...actionSpans(before.actions), ...said(before.conditions)];
}

/** Pairs of kinds of accounts with the number of cells before and after. */
function matrixLines(trust: readonly TrustChange[]): readonly Line[] {
  const counts = new Map<string, { before: number; after: number }>();
  for (const { change, kind, fromKind, toKind } of trust) {
    const key = `${fromKind === '' ? kind : fromKind} → ${toKind}`;
    const cell = counts.get(key) ?? { before: 0, after: 0 };
    if (change !== 'added') cell.before += 1;
    if (change !== 'removed') cell.after += 1;
    counts.set(key, cell);
  }
  return [...counts]
    .sort()
    .map(([key, { before, after }]) => line`Matrix: ${code(key)} ${String(before)} before, ${String(after)} after`);
}
