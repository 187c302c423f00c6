import type { Disturbance } from '@crosswind/sandbox/sandbox';
import type { GameStack } from '../../../blocks/game-day.ts';
import { WrongInput } from '../../failure.ts';
import { type Arena, gameStack } from '../arena.ts';
import { resourceAt } from '../resource-change.ts';
import type { ActionsOf } from './action.ts';

function functionArn(arena: Arena, where: GameStack, path: string): string {
  const stacks = arena.platform.waves.flatMap((wave) => wave.stacks);
  const { type, arn } = resourceAt(gameStack(arena, where, stacks), path);
  if (type === 'AWS::Lambda::Function' && arn !== undefined) return arn;
  throw new WrongInput(`expected a function at ${path}, got ${type}`);
}

const words = (disturbance: Disturbance): string => {
  if (disturbance.kind === 'invocation-add-delay') return `begins ${disturbance.seconds} s late`;
  return disturbance.kind === 'invocation-error'
    ? 'fails in each invocation'
    : 'is killed, as if it had used its memory up';
};

/** Actions on functions. */
export const functionActions: ActionsOf<'disturb' | 'calm'> = {
  disturb: {
    does: (arena, { in: where, path, with: disturbance }) => {
      arena.sandbox.functions.disturb(functionArn(arena, where, path), disturbance);
    },
    says: (_, { path, with: disturbance }) => `the function ${path} ${words(disturbance)}`,
  },
  calm: {
    does: (arena, { in: where, path }) => {
      arena.sandbox.functions.disturb(functionArn(arena, where, path), undefined);
    },
    says: (_, { path }) => `the function ${path} works as before`,
  },
};
