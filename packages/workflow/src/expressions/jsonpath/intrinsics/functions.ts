import { arrays } from './arrays.ts';
import type { Intrinsic } from './intrinsic.ts';
import { numbers } from './numbers.ts';
import { objects } from './objects.ts';
import { texts } from './texts.ts';

/** Every intrinsic function, by its name after `States.`. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries({ ...arrays, ...texts, ...numbers, ...objects }),
);
