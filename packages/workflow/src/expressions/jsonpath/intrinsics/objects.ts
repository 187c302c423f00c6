import { parsedJson, isObject } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { flagAt, IntrinsicFailed, textAt } from './intrinsic.ts';
import type { Intrinsic } from './intrinsic.ts';

export const objects: Readonly<Record<string, Intrinsic>> = {
  StringToJson: { parameters: [1, 1], call: (args) => parsed(textAt(args, 0)) },
  JsonToString: { parameters: [1, 1], call: ([value = null]) => JSON.stringify(value) },
  JsonMerge: { parameters: [3, 3], call: (args) => merged(objectAt(args, 0), objectAt(args, 1), flagAt(args, 2)) },
};

/** An empty text is null, as recorded. */
function parsed(text: string): Json {
  if (text === '') return null;
  try {
    return parsedJson(text);
  } catch (error) {
    throw new IntrinsicFailed(`the string is ${error instanceof RangeError ? error.message : 'not JSON'}: ${text}`);
  }
}

/** Step Functions has the shallow form only. */
function merged(first: JsonObject, second: JsonObject, deep: boolean): Json {
  if (deep) throw new IntrinsicFailed('only shallow merging is supported: the third argument must be false');
  return { ...first, ...second };
}

function objectAt(args: readonly Json[], at: number): JsonObject {
  const value = args[at];
  if (isObject(value)) return value;
  throw new IntrinsicFailed(`both arguments must be objects, got ${JSON.stringify(value)}`);
}
