import type { PropertyDifference, ResourceDrift } from '../stacks/resource-drift.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import { isObject, isArray, type Json, type JsonObject } from '@crosswind/aws/json';
import { replacementOf } from '@crosswind/aws/resource-types';

/**
 * Compares a resource with what it is now. Only properties that the template sets count (User Guide: "Detect unmanaged
 * configuration changes").
 * @param live its properties now; undefined if it is gone, null if its type takes no part
 */
export function driftOf(
  resource: StackResource,
  live: JsonObject | undefined | null,
  checkedAt: number,
): ResourceDrift {
  const expected = resource.deployed?.properties ?? {};
  const common = { resource, expected, differences: [], checkedAt };
  if (live === null) return { ...common, status: 'NOT_CHECKED' };
  if (live === undefined) return { ...common, status: 'DELETED' };
  const known = commonPart(expected, live);
  const actual = commonPart(live, expected);
  const { changes } = replacementOf(resource.type, known, actual);
  const differences = changes.map(({ path, before, after, attributeChangeType }): PropertyDifference => ({
    path: path.replace(/^\/Properties/, ''),
    expected: before,
    actual: after,
    kind: attributeChangeType === 'Add' ? 'ADD' : attributeChangeType === 'Remove' ? 'REMOVE' : 'NOT_EQUAL',
  }));
  return { ...common, status: differences.length > 0 ? 'MODIFIED' : 'IN_SYNC', actual, differences };
}

/** The properties at the top that both have: the sandbox keeps not all of them, and a template need not set all. */
const commonPart = (one: JsonObject, other: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(one).filter(([name]) => name in other));

/** A value as the API shows it. */
export const shownValue = (value: Json | undefined): string =>
  isObject(value) || isArray(value)
    ? JSON.stringify(value)
    : value === undefined || value === null
      ? ''
      : String(value);
