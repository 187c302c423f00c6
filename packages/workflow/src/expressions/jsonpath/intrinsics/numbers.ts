import { fraction, uuid } from '../../../chance.ts';
import { integerAt, IntrinsicFailed } from './intrinsic.ts';
import type { Chance, Intrinsic } from './intrinsic.ts';

const MAX_INTEGER = 2 ** 31 - 1;

export const numbers: Readonly<Record<string, Intrinsic>> = {
  MathAdd: { parameters: [2, 2], call: (args) => within(within(integerAt(args, 0)) + within(integerAt(args, 1))) },
  MathRandom: {
    parameters: [2, 3],
    call: (args, chance) =>
      random(integerAt(args, 0), integerAt(args, 1), args.length > 2 ? integerAt(args, 2) : undefined, chance),
  },
  UUID: { parameters: [0, 0], call: (_, chance) => uuid(chance.next()) },
};

function within(value: number): number {
  if (Math.abs(value) <= MAX_INTEGER) return value;
  throw new IntrinsicFailed(`numbers go from -${MAX_INTEGER} to ${MAX_INTEGER}, got ${value}`);
}

/** From `first`, which can be drawn, to `end`, which cannot. */
function random(first: number, end: number, seed: number | undefined, chance: Chance): number {
  if (end <= first) throw new IntrinsicFailed(`the end ${end} must be above the start ${first}`);
  return first + Math.floor(fraction(seed === undefined ? chance.next() : `seed ${seed}`) * (end - first));
}
