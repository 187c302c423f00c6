import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../../query.ts';
import type { Bindings } from '../../query.ts';
import { resolve } from '../resolve.ts';
import { intrinsics } from './functions.ts';
import { IntrinsicFailed } from './intrinsic.ts';
import type { Chance } from './intrinsic.ts';
import { parseIntrinsic } from './parse.ts';
import type { Argument, Call } from './parse.ts';

/** The value of an intrinsic function in `field`, or AWS's sentence about why it has none. */
export function callIntrinsic(text: string, field: string, bindings: Bindings): Json {
  let drawn = 0;
  return valueOf(parseIntrinsic(text), bindings, { next: () => `${bindings.seed}/${field}#${++drawn}` });
}

function valueOf(call: Call, bindings: Bindings, chance: Chance): Json {
  const args = call.args.map((argument, i) => argumentValue(call, argument, i, bindings, chance));
  try {
    return intrinsics.get(call.name)?.call(args, chance) ?? null;
  } catch (error) {
    if (!(error instanceof IntrinsicFailed)) throw error;
    throw new PathFailed(`${naming(call)} ${error.message}`, 'States.IntrinsicFailure');
  }
}

function argumentValue(call: Call, argument: Argument, at: number, bindings: Bindings, chance: Chance): Json {
  if (argument.kind === 'call') return valueOf(argument, bindings, chance);
  if (argument.kind === 'literal') {
    const readsEscapes = call.name === 'Format' && at === 0 && typeof argument.value === 'string';
    return readsEscapes ? argument.raw : argument.value;
  }
  const resolved = resolve(argument.text, bindings);
  if (resolved.found) return resolved.value;
  const input = JSON.stringify(bindings.states['input']);
  throw new PathFailed(
    `${naming(call)} The JsonPath argument for the field '${argument.text}' could not be found in the input '${input}'`,
  );
}

const naming = ({ text }: Call): string => `The function '${text}' had the following error:`;
