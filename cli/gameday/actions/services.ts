import { RunFailed } from '../../failure.ts';
import { accountOfStage, type Arena, gameStack } from '../arena.ts';
import { resourceAt } from '../resource-change.ts';
import type { ActionsOf } from './action.ts';

/** ARN of the schedule in the stack of the entry. */
function scheduleOf(arena: Arena): string {
  const { platform, tenant, sandbox } = arena;
  const stacks = platform.waves.flatMap((wave) => wave.stacks);
  const { account, region, resources } = gameStack(arena, { stage: tenant.deployment.entry.name }, stacks);
  const { name } = resources.find(({ type }) => type === 'AWS::Scheduler::Schedule') ?? {};
  const schedule = sandbox.schedules.all.find(
    (each) => each.name === name && each.account === account && each.region === region,
  );
  if (schedule) return schedule.arn;
  throw new RunFailed(`"${tenant.name}" has no schedule: give it one in the platform that game days are played on`);
}

/** Actions on what AWS does, not the platform: quotas, events, schedules. */
export const serviceActions: ActionsOf<
  'set-quotas' | 'restore-quotas' | 'lose-events' | 'deliver-events' | 'fire-again' | 'lose-next' | 'empty-queue'
> = {
  'set-quotas': {
    does: (arena, { account, quotas }) => {
      arena.sandbox.changeQuotas(accountOfStage(arena, account), quotas);
    },
    says: (_, { title }) => title,
  },
  'restore-quotas': {
    does: (arena, { account }) => {
      arena.sandbox.restoreQuotas(accountOfStage(arena, account));
    },
    says: (_, { account }) => `the account of the ${account} has its quotas again`,
  },
  'lose-events': {
    does: ({ sandbox }) => {
      sandbox.events.losesEvents = true;
    },
    says: () => 'events about the end of executions are lost',
  },
  'deliver-events': {
    does: ({ sandbox }) => {
      sandbox.events.losesEvents = false;
    },
    says: () => 'events about the end of executions arrive again',
  },
  'fire-again': {
    does: (arena) => {
      arena.sandbox.schedules.fireAgain(scheduleOf(arena));
    },
    says: () => 'the schedule fires once more for its last time',
  },
  'lose-next': {
    does: (arena) => {
      arena.sandbox.schedules.loseNext(scheduleOf(arena));
    },
    says: () => 'the schedule will lose its next time',
  },
  'empty-queue': {
    does: (arena, { in: where, path }) => {
      const stacks = arena.platform.waves.flatMap((wave) => wave.stacks);
      const { arn = '' } = resourceAt(gameStack(arena, where, stacks), path);
      if (arena.sandbox.messages.of(arn).length === 0) throw new RunFailed(`no message is in ${path}`);
      arena.sandbox.messages.remove(arn);
    },
    says: (_, { path }) => `the queue ${path} is emptied`,
  },
};
