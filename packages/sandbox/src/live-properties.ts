import { type Json, type JsonObject, isUnresolved } from '@crosswind/aws/json';

/**
 * Properties of a resource as a template writes them. Leaves out what is absent or empty, and what depends on a value
 * that only a deployment knows.
 */
export function liveProperties(fields: Readonly<Record<string, unknown>>): JsonObject {
  const known = Object.entries(fields).filter(
    ([, value]) =>
      value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0) && !isUnknown(value),
  );
  return Object.fromEntries(known) as Record<string, Json>;
}

const isUnknown = (value: unknown): boolean => isUnresolved(JSON.stringify(value));
