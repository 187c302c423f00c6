import { WrongInput } from '../../failure.ts';
import type { Fault } from '../../local/faults.ts';
import { faultsOfWorkload } from '../../local/workload-options.ts';
import type { GameStack } from '../../../blocks/game-day.ts';
import type { ActionsOf } from './action.ts';
import type { PlacedTenant } from '../game-platform.ts';
import { gameStack } from '../arena.ts';
import { withProperties } from '../resource-change.ts';

function faultNamed({ tenant: { workload } }: { readonly tenant: PlacedTenant }, id: string): Fault {
  const faults = faultsOfWorkload(workload);
  const fault = faults.find((each) => each.id === id);
  if (fault) return fault;
  throw new WrongInput(`"${workload.name}" has no fault "${id}"; it has ${faults.map((each) => each.id).join(', ')}`);
}

/** Id of a change of a resource. */
const changeId = (where: GameStack, path: string): string => `the change of ${path} in ${JSON.stringify(where)}`;

/** Actions that change templates while everything runs. */
export const changeActions: ActionsOf<'break' | 'fix' | 'change' | 'restore'> = {
  break: {
    does: (arena, { fault }) => {
      const { plant } = faultNamed(arena, fault);
      return arena.stacks.make(`the fault ${fault}`, (stacks) => plant(stacks, arena.tenant.deployed));
    },
    says: (arena, { fault }) => faultNamed(arena, fault).title,
  },
  fix: {
    does: ({ stacks }, { fault }) => stacks.takeBack(`the fault ${fault}`),
    says: (arena, { fault }) => `fixed: ${faultNamed(arena, fault).title}`,
  },
  change: {
    does: (arena, { in: where, path, properties }) =>
      arena.stacks.make(changeId(where, path), (stacks) => {
        const meant = gameStack(arena, where, stacks);
        return stacks.map((stack) => (stack === meant ? withProperties(stack, path, properties) : stack));
      }),
    says: (_, { title }) => title,
  },
  restore: {
    does: ({ stacks }, { in: where, path }) => stacks.takeBack(changeId(where, path)),
    says: (_, { path }) => `${path} is as before`,
  },
};
