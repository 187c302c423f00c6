import { z } from 'zod';

/** Form of a JSON object whose keys are data. Reads it as a map, as zod's own record drops the key `__proto__`. */
export const keyed = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value: unknown): unknown => (isJsonObject(value) ? new Map(Object.entries(value)) : value),
    z.map(z.string(), item, 'expected an object'),
  );

const isJsonObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
