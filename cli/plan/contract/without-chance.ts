import { isArray, isObject, type Json } from '@crosswind/aws/json';

/** Start of every run, 2026-01-05T00:00:00Z. It is fixed, so that times of a run are known as such. */
export const startAt = 1_767_571_200_000;

/** No run takes longer in virtual time than the timeout of a Standard execution, a year (service-quotas). */
const endsBefore = startAt + 366 * 86_400_000;

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const timestamp = /202[67]-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g;

/** Text without times and without names that are drawn by chance, as those of the executions of a Map Run are. */
export const textWithoutChance = (text: string): string => text.replace(uuid, '<uuid>').replace(timestamp, '<time>');

/** A value without them. Numbers are times if the run could have read them from a clock, in milliseconds or seconds. */
export function withoutChance(value: Json): Json {
  if (typeof value === 'string') return textWithoutChance(value);
  if (typeof value === 'number') return isTime(value) || isTime(value * 1_000) ? '<time>' : value;
  if (isArray(value)) return value.map(withoutChance);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [textWithoutChance(key), withoutChance(item)]));
}

const isTime = (value: number): boolean => value >= startAt && value < endsBefore;
