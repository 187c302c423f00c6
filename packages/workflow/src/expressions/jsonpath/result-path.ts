import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';
import { parsePath } from './path.ts';
import type { Step } from './path.ts';

/**
 * The input with the result where `ResultPath` says: absent or `$` instead of it, null nowhere.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html
 */
export function combined(input: Json, result: Json, resultPath: string | null | undefined): Json {
  if (resultPath === null) return input;
  return resultPath === undefined ? result : placed(input, result, parsePath(resultPath).steps);
}

/** Objects on the way are made where there are none; an item of an array must be there. */
function placed(into: Json | undefined, result: Json, [step, ...rest]: readonly Step[]): Json {
  if (step === undefined) return result;
  if (typeof step === 'string' && (into === undefined || isObject(into))) {
    const inner = into !== undefined && Object.hasOwn(into, step) ? into[step] : undefined;
    return Object.fromEntries([...Object.entries(into ?? {}), [step, placed(inner, result, rest)]]);
  }
  if (typeof step === 'number' && isArray(into) && step < into.length) {
    return into.map((each, i) => (i === step ? placed(each, result, rest) : each));
  }
  const where = JSON.stringify(into ?? null);
  throw new PathFailed(`Unable to apply step "${String(step)}" to input ${where}`, 'States.ResultPathMatchFailure');
}
