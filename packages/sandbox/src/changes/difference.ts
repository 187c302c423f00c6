import { isObject, type Json } from '@crosswind/aws/json';

/** Most values and characters that a sentence names. */
const mostValues = 5;
const mostCharacters = 120;

/** Half a sentence about how a value has changed, such as `without "states:DescribeExecution"` or `5 instead of 10`. */
export function difference(before: Json | undefined, after: Json | undefined): string {
  const [had, has] = [leavesOf(before), leavesOf(after)];
  const lost = namesOf(without(had, has));
  const gained = namesOf(without(has, had));
  if (lost !== '' && gained !== '') return `${gained} instead of ${lost}`;
  if (lost !== '') return `without ${lost}`;
  return gained === '' ? 'in another order' : `with ${gained}`;
}

/** Plain values of a document, in order. */
function leavesOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(leavesOf);
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [JSON.stringify(value)];
}

/** Values of a list that the other one lacks, each as often as it is missing there. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  return all.filter((value) => {
    const left = counts.get(value) ?? 0;
    counts.set(value, left - 1);
    return left <= 0;
  });
}

function namesOf(values: readonly string[]): string {
  const more = values.length > mostValues ? [`${values.length - mostValues} more`] : [];
  return [...values.slice(0, mostValues).map(shortened), ...more].join(', ');
}

const shortened = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text);
