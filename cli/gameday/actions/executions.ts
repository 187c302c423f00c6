import { stateMachineArn } from '../../../blocks/workflow/address.ts';
import { RunFailed } from '../../failure.ts';
import { ofWorkload } from '../../local/of-workload.ts';
import type { ActionsOf } from './action.ts';
import { accountOfStage, type Arena } from '../arena.ts';

const machineOf = (arena: Pick<Arena, 'tenant'>, stage: string): string => {
  accountOfStage(arena, stage);
  return stateMachineArn(arena.tenant.deployed.address, stage);
};

const entryOf = ({ tenant }: Pick<Arena, 'tenant'>): string => tenant.deployment.entry.name;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Actions on executions and on objects that they read. */
export const executionActions: ActionsOf<'start' | 'stop' | 'objects'> = {
  start: {
    does: (arena, { stage = entryOf(arena), input, times = 1 }) => {
      const { sandbox, tenant } = arena;
      for (let count = 0; count < times; count += 1) {
        const started = sandbox.executions.start({
          stateMachineArn: machineOf(arena, stage),
          name: `game-day-${(arena.started += 1)}`,
          input: input ?? tenant.workload.local.sample?.input ?? {},
        });
        if (!started.ok) throw new RunFailed(started.message);
      }
    },
    says: (arena, { stage = entryOf(arena), times: count = 1 }) => `the ${stage} is started ${times(count)}`,
  },
  stop: {
    does: (arena, { stage }) => {
      const { executions } = arena.sandbox;
      const running = executions.of(machineOf(arena, stage)).filter(({ outcome }) => outcome === undefined);
      if (running.length === 0) throw new RunFailed(`no execution of the ${stage} runs that could be stopped`);
      for (const { arn } of running) executions.stop(arn);
    },
    says: (_, { stage }) => `the executions of the ${stage} are stopped`,
  },
  objects: {
    does: async ({ sandbox, tenant: { deployed, workload } }, { change }) => {
      const { settings, resource } = deployed;
      await ofWorkload(workload.file, () => change({ settings, resource, storage: sandbox.storage }));
    },
    says: (_, { title }) => title,
  },
};
