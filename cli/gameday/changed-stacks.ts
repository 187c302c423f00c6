import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';

/** Changes stacks; throws where there is nothing to change. */
export type StackChange = (stacks: readonly Stack[]) => readonly Stack[];

/** Stacks of a running sandbox, and the changes that are made to them. */
export interface ChangedStacks {
  /** Makes a change with stack updates. */
  readonly make: (id: string, change: StackChange) => Promise<void>;
  /** Takes a change back; the others stay. */
  readonly takeBack: (id: string) => Promise<void>;
}

/** @param stacks as they are deployed */
export function changedStacks(sandbox: Pick<Sandbox, 'deploy'>, stacks: readonly Stack[]): ChangedStacks {
  const changes = new Map<string, StackChange>();
  let deployed = stacks;
  const update = async (): Promise<void> => {
    const wanted = [...changes.values()].reduce((before, change) => change(before), stacks);
    for (const [index, stack] of wanted.entries()) {
      if (JSON.stringify(stack.resources) !== JSON.stringify(deployed[index]?.resources)) await sandbox.deploy(stack);
    }
    deployed = wanted;
  };
  return {
    make(id, change) {
      if (changes.has(id)) throw new Error(`${id} is made already`);
      changes.set(id, change);
      return update();
    },
    takeBack(id) {
      if (!changes.delete(id)) throw new Error(`${id} was not made, so it cannot be taken back`);
      return update();
    },
  };
}
