import type { AccessChange, NewAccess, TrustChange } from '../../policies/reach/new-access-types.ts';
import { countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that becomes possible, then what changes in the matrix of trust, then the counts. */
export function newAccessLines({ access, renamed, trust }: NewAccess, colors: Terminal['colors']): readonly string[] {
  const changed = trust.filter(({ change }) => change !== 'same');
  return [
    ...access.flatMap((each) => accessLines(each, colors)),
    ...renamed.map(
      ({ before, after, sameAccess }) =>
        `${colors.cyan('RENAMED')} ${before} is now ${after}${sameAccess ? ', and may do the same' : ''}`,
    ),
    ...changed.flatMap((each) => trustLines(each, colors)),
    `new access: ${access.length}, called by nobody: ${access.filter(({ neededBy }) => neededBy.length === 0).length}; ${countOf(renamed.length, 'role')} renamed; ${changed.length} of ${trust.length} in the matrix of trust changed`,
  ];
}

const causes: Readonly<Record<AccessChange['because'], string>> = {
  allowed: 'allowed by',
  'no longer denied': 'no longer denied by',
  'boundary removed': 'no longer limited by a boundary:',
};

function accessLines(
  { principal, action, resource, request, certain, because, policy, neededBy }: AccessChange,
  colors: Terminal['colors'],
): readonly string[] {
  const keys = Object.entries(request.context).map(([key, value]) => `, ${key} = ${value}`);
  return [
    `${colors.yellow(certain ? 'NEW' : 'PERHAPS NEW')} ${principal}: ${action} on ${resource}`,
    `   for example ${request.action} on ${request.resource}${keys.join('')}`,
    `   ${causes[because]} ${policy}`,
    ...(neededBy.length === 0 ? ['   called by nobody: remove it'] : neededBy.map((by) => `   called by ${by}`)),
  ];
}

function trustLines(
  { change, from, to, actions, conditions, before }: TrustChange,
  colors: Terminal['colors'],
): readonly string[] {
  const text = (cell: Pick<TrustChange, 'actions' | 'conditions'>): string =>
    [cell.actions.join(', '), ...(cell.conditions.length === 0 ? [] : [`if ${cell.conditions.join(', or ')}`])].join(
      ' ',
    );
  const now = `   ${text({ actions, conditions })}`;
  return [
    `${colors.cyan('TRUST')} ${change}: ${from} to ${to}`,
    ...(before ? [`   before: ${text(before)}`, `   after: ${now.trim()}`] : [now]),
  ];
}
