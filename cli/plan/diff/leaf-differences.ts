import { type Json, isArray, isObject } from '@crosswind/aws/json';

/** A value at a path that differs. Absent where the value is absent, so that `null` stays a value. */
export interface ValueChange {
  /** For example `VersioningConfiguration.Status`. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The innermost values that differ. Lists of one length are compared item by item, others are values. */
export function leafDifferences(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly ValueChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => leafDifferences(`${path}.${key}`, before[key], after[key]));
  }
  if (isArray(before) && isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => leafDifferences(`${path}[${index}]`, item, after[index]));
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}
