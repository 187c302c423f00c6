import { furtherStateMachineArn, stateMachineArn } from '../../../blocks/workflow/address.ts';
import { RunFailed } from '../../failure.ts';
import { ofWorkload } from '../../local/of-workload.ts';
import type { ActionsOf } from './action.ts';
import { accountOfStage, type Arena } from '../arena.ts';
import type { PlacedTenant } from '../game-platform.ts';

const machineOf = (arena: Pick<Arena, 'tenant'>, stage: string, workflow?: string): string => {
  accountOfStage(arena, stage);
  const { address } = arena.tenant.deployed;
  return workflow === undefined ? stateMachineArn(address, stage) : furtherStateMachineArn(address, stage, workflow);
};

const entryOf = ({ tenant }: { readonly tenant: PlacedTenant }): string => tenant.deployment.entry.name;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Actions on executions and on objects that they read. */
export const executionActions: ActionsOf<'start' | 'stop' | 'objects'> = {
  start: {
    does: (arena, { stage = entryOf(arena), workflow, input, times = 1 }) => {
      const { sandbox, tenant } = arena;
      for (let count = 0; count < times; count += 1) {
        const started = sandbox.executions.start({
          stateMachineArn: machineOf(arena, stage, workflow),
          name: `game-day-${(arena.started += 1)}`,
          input: input ?? tenant.workload.local.sample?.input ?? {},
        });
        if (!started.ok) throw new RunFailed(started.message);
      }
    },
    says: (arena, { stage = entryOf(arena), workflow, times: count = 1 }) =>
      `the ${workflow === undefined ? stage : `workflow ${workflow} of the ${stage}`} is started ${times(count)}`,
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
