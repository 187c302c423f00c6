import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';

/** The accounts that the platform itself needs must be in use: those of the pipeline and of monitoring. */
export function ownAccounts({ accounts, pipeline, monitoring }: Outline): readonly PathProblem[] {
  return accounts.flatMap(({ name, state, frozen }, index): PathProblem[] => {
    if (name === undefined) return [];
    const runs = [
      ...(name === pipeline.account ? ['the pipeline'] : []),
      ...(name === monitoring.account ? ['monitoring'] : []),
    ].join(' and ');
    if (runs === '') return [];
    return [
      ...(state !== undefined && state !== 'active'
        ? [
            {
              path: ['accounts', index, 'state'],
              what: `"${name}" runs ${runs} and is not active`,
              expected: 'active',
              fix: `remove the state, or move ${runs} to another account first`,
            },
          ]
        : []),
      ...(frozen === true
        ? [
            {
              path: ['accounts', index, 'frozen'],
              what: `"${name}" runs ${runs}, which cannot be frozen`,
              expected: 'false',
              fix: 'freeze waves or the accounts of workloads',
            },
          ]
        : []),
    ];
  });
}
