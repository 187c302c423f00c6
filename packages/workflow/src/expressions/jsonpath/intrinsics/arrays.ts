import { isDeepStrictEqual } from 'node:util';
import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { arrayAt, integerAt, IntrinsicFailed } from './intrinsic.ts';
import type { Intrinsic } from './intrinsic.ts';

/** Longest array that `States.ArrayRange` makes. */
const MAX_RANGE = 1000;

export const arrays: Readonly<Record<string, Intrinsic>> = {
  Array: { parameters: [0, Infinity], call: (args) => args },
  ArrayContains: {
    parameters: [2, 2],
    call: (args) => arrayAt(args, 0).some((each) => isDeepStrictEqual(each, args[1])),
  },
  ArrayGetItem: { parameters: [2, 2], call: (args) => item(arrayAt(args, 0), integerAt(args, 1)) },
  ArrayLength: { parameters: [1, 1], call: (args) => arrayAt(args, 0).length },
  ArrayPartition: { parameters: [2, 2], call: (args) => chunks(arrayAt(args, 0), integerAt(args, 1)) },
  ArrayRange: {
    parameters: [3, 3],
    call: (args) => range(integerAt(args, 0), integerAt(args, 1), integerAt(args, 2)),
  },
  ArrayUnique: { parameters: [1, 1], call: (args) => unique(arrayAt(args, 0)) },
};

function item(array: readonly Json[], index: number): Json {
  const value = index < 0 ? undefined : array[index];
  if (value === undefined) throw new IntrinsicFailed(`the array has ${array.length} items, there is none at ${index}`);
  return value;
}

function chunks(array: readonly Json[], size: number): readonly Json[] {
  if (size <= 0) throw new IntrinsicFailed(`the size of a chunk must be above 0, got ${size}`);
  return Array.from({ length: Math.ceil(array.length / size) }, (_, i) => array.slice(i * size, (i + 1) * size));
}

function range(first: number, last: number, step: number): readonly Json[] {
  if (step === 0) throw new IntrinsicFailed('the step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE) throw new IntrinsicFailed(`the array may have at most ${MAX_RANGE} items, not ${length}`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function unique(array: readonly Json[]): readonly Json[] {
  const known = new Set<string>();
  return array.filter((each) => known.size < known.add(JSON.stringify(sorted(each))).size);
}

/** The same value with its keys in one order. */
function sorted(value: Json): Json {
  if (isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
