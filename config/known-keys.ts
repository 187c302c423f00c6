import { z } from 'zod';
import type { Path } from './problem.ts';

/** The keys that `schema` knows in the mapping at `path`. */
export function knownKeys(schema: unknown, path: Path): readonly string[] {
  const inner = unwrapped(schema);
  const [step, ...rest] = path;
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  if (inner instanceof z.ZodObject) return knownKeys((inner.shape as Record<string, unknown>)[step], rest);
  if (inner instanceof z.ZodArray) return knownKeys(inner.element, rest);
  return inner instanceof z.ZodRecord ? knownKeys(inner.valueType, rest) : [];
}

function unwrapped(schema: unknown): unknown {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wraps ? unwrapped(schema.unwrap()) : schema;
}
