import { isArray, isObject, type Json } from '@crosswind/aws/json';
import { leftOut, type Movement } from './movement.ts';
import type { ResourceChange } from './diff/resource-change.ts';

export interface Following {
  /** Changes of their own. */
  readonly own: readonly ResourceChange[];
  /** Changes that only follow an account or tenant that joins, leaves or moves. */
  readonly following: readonly ResourceChange[];
}

/**
 * Separates changes that only follow accounts and tenants. A resource that comes or goes follows if its path names what joins or
 * leaves, or if it has a twin at the path of what moves.
 */
export function withoutFollowing(changes: readonly ResourceChange[], movement: Movement): Following {
  const created = new Set(changes.filter(({ consequence }) => consequence === 'created').map(pathOf));
  const twins = new Set(changes.filter(isDeletion).map((change) => movement.moved(pathOf(change))));
  const follows = (change: ResourceChange): boolean => {
    const path = pathOf(change);
    if (change.consequence === 'created') return twins.has(path) || movement.namesNew(path);
    if (isDeletion(change)) return created.has(movement.moved(path)) || movement.namesGone(path);
    const { values } = change;
    return values.length > 0 && values.every(({ before, after }) => followsIn(before, after, movement));
  };
  return { own: changes.filter((change) => !follows(change)), following: changes.filter(follows) };
}

const isDeletion = ({ consequence }: ResourceChange): boolean =>
  consequence === 'deleted' || consequence === 'left behind';

const pathOf = ({ type, path }: ResourceChange): string => `${type} ${path}`;

/** True if two values are the same but for what joins, leaves or moves. */
export function followsIn(before: Json | undefined, after: Json | undefined, movement: Movement): boolean {
  const [old, next] = [partsOf(before).map(movement.moved), partsOf(after)];
  const gone = without(old, next).map(movement.withoutGone);
  const came = without(next, old).map(movement.withoutNew);
  // A text that joins others in a list is the same without it.
  const [goneRest, cameRest] = [gone.map(withoutMarks), came.map(withoutMarks)];
  const isMarked = (parts: readonly string[]) => (rest: string) =>
    parts.some((part) => part.includes(leftOut) && withoutMarks(part) === rest);
  return without(goneRest, cameRest).every(isMarked(gone)) && without(cameRest, goneRest).every(isMarked(came));
}

/** The part without the names that are left out, and what separates them from others. */
const withoutMarks = (part: string): string => part.replace(marks, '');

const marks = new RegExp(`[\\s,]*${leftOut}`, 'g');

/** Innermost texts of a value, those of lists and objects in texts, too, and each line of a text on its own. */
function partsOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return partsOfText(value);
  if (isArray(value)) return value.flatMap(partsOf);
  if (!isObject(value)) return [JSON.stringify(value)];
  return Object.entries(value).flatMap(([key, inner]) => partsOf(inner).map((part) => `${key}: ${part}`));
}

function partsOfText(text: string): readonly string[] {
  if (/^\s*[[{]/.test(text)) {
    try {
      return partsOf(JSON.parse(text) as Json);
    } catch {
      return text.split('\n');
    }
  }
  return text.split('\n');
}

/** The parts of one list that the other has not, each as often as it is there more often. */
function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const part of others) left.set(part, (left.get(part) ?? 0) + 1);
  return list.filter((part) => {
    const count = left.get(part) ?? 0;
    left.set(part, count - 1);
    return count <= 0;
  });
}
