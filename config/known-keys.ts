import { z } from 'zod';
import type { Path } from './problem.ts';

/** The keys that `schema` knows in the mapping at `path` of `value`. */
export function knownKeys(schema: unknown, path: Path, value: unknown): readonly string[] {
  const inner = unwrapped(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const below = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  if (inner instanceof z.ZodObject) return knownKeys((inner.shape as Record<string, unknown>)[step], rest, below);
  if (inner instanceof z.ZodArray) return knownKeys(inner.element, rest, below);
  return inner instanceof z.ZodRecord ? knownKeys(inner.valueType, rest, below) : [];
}

function unwrapped(schema: unknown, value: unknown): unknown {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  if (wraps) return unwrapped(schema.unwrap(), value);
  return schema instanceof z.ZodDiscriminatedUnion ? chosen(schema, value) : schema;
}

/** The member of a union that the value names by its discriminator. */
function chosen({ options, def: { discriminator } }: z.ZodDiscriminatedUnion, value: unknown): unknown {
  const named = (value as Readonly<Record<string, unknown>> | undefined)?.[discriminator];
  return options.find(
    (option) =>
      option instanceof z.ZodObject && (option.shape[discriminator] as z.ZodType | undefined)?.safeParse(named).success,
  );
}
