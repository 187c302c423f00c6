import { administrator } from '../../local/administrator.ts';
import { refusedAs } from '../../local/refused-as.ts';
import { accountOfStage, type Arena } from '../arena.ts';
import type { ActionsOf } from './action.ts';

const callerIn = (arena: Arena, stage: string) => {
  const { region } = arena.tenant.deployed.address;
  return { principal: administrator(arena.sandbox, accountOfStage(arena, stage), region), region };
};

/** Actions of another team in an account of the platform. */
export const neighborActions: ActionsOf<'neighbor' | 'remove-neighbor'> = {
  neighbor: {
    does: async (arena, { account, name: stackName, template }) => {
      const { deployTemplate } = await import('@crosswind/sandbox/sandbox');
      const text = JSON.stringify(template);
      await refusedAs(arena.sandbox, `the stack ${stackName} of a neighbor`, () =>
        deployTemplate(arena.sandbox.stackCalls, callerIn(arena, account), {
          ...{ stackName, template: text, parameters: {}, terminationProtection: false },
        }),
      );
    },
    says: (_, { title }) => title,
  },
  'remove-neighbor': {
    does: async (arena, { account, name }) => {
      const { sandbox } = arena;
      await refusedAs(sandbox, `the deletion of the stack ${name} of a neighbor`, () =>
        sandbox.stackCalls.send(callerIn(arena, account), 'DeleteStack', { StackName: name }),
      );
      await sandbox.cloudFormation.settled();
    },
    says: (_, { name }) => `the stack ${name} of a neighbor is deleted`,
  },
};
