import { type Json, type JsonObject, isObject } from '@crosswind/aws/json';
import { messageOf } from '@crosswind/aws/problem';
import { WrongInput } from '../failure.ts';

/** A `package.json`, as far as an upgrade is concerned. */
export interface Manifest {
  readonly json: JsonObject;
  /** The template version that it was made from: a version, a tag or a commit. */
  readonly template?: string;
  /** The commit of the template that the last upgrade brought. */
  readonly commit?: string;
  /** Version of the template, for names and messages. */
  readonly version: string;
}

/**
 * Reads a `package.json`.
 * @throws WrongInput that names it as `file`
 */
export function readManifest(file: string, text: string): Manifest {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw new WrongInput(`${file} must be JSON (${messageOf(error)})`);
  }
  if (!isObject(json)) throw new WrongInput(`${file} must be a JSON object, got ${text.trim().slice(0, 40)}`);
  const { crosswind = {}, version } = json;
  const [template, commit] = isObject(crosswind)
    ? [crosswind['template'], crosswind['commit']]
    : [crosswind, undefined];
  for (const [key, value] of [
    ['template', template],
    ['commit', commit],
  ] as const) {
    if (value === undefined || typeof value === 'string') continue;
    const expected = '"crosswind": { "template": "0.2.0" }';
    throw new WrongInput(`${file}: crosswind.${key} must be text, got ${JSON.stringify(value)}; write ${expected}`);
  }
  const [named, exact] = [template, commit] as [string | undefined, string | undefined];
  return { json, template: named, commit: exact, version: named ?? (typeof version === 'string' ? version : '0.0.0') };
}

/** Entries that say whose package it is: a change of the adopter's is kept. */
const identity: readonly string[] = ['name', 'version', 'description', 'license', 'private', 'author', 'repository'];

export interface MergedManifest {
  readonly json: JsonObject;
  /** Entries that both sides changed to different values, as `dependencies.zod: yours "4.0.0", the template's "4.1.0"`. */
  readonly conflicts: readonly string[];
}

/**
 * Merges `package.json` entry by entry. Where both sides changed an entry, the adopter's stays and is named. An entry that
 * the adopter deleted stays deleted.
 */
export function mergeManifests(base: JsonObject, yours: JsonObject, theirs: JsonObject): MergedManifest {
  const conflicts: string[] = [];
  const merge = (earlier: JsonObject, mine: JsonObject, their: JsonObject, path: readonly string[]): JsonObject =>
    Object.fromEntries(
      keysInOrder(mine, their).flatMap((key) => {
        const [a, b, c] = [earlier[key], mine[key], their[key]];
        if (isObject(b) && isObject(c)) return [[key, merge(isObject(a) ? a : {}, b, c, [...path, key])]];
        const isTaken = isSame(a, b);
        const isYours = b === undefined || (path.length === 0 && identity.includes(key));
        if (!isTaken && !isYours && !isSame(a, c) && !isSame(b, c)) {
          conflicts.push(`${[...path, key].join('.')}: yours ${shown(b)}, the template's ${shown(c)}`);
        }
        const value = isTaken ? c : b;
        return value === undefined ? [] : [[key, value]];
      }),
    );
  const others = ({ crosswind: _, ...rest }: JsonObject): JsonObject => rest;
  return { json: merge(others(base), others(yours), others(theirs), []), conflicts };
}

/** Keys of the template in their order, and each key that only the adopter has behind the one that it follows there. */
function keysInOrder(yours: JsonObject, theirs: JsonObject): readonly string[] {
  const keys = Object.keys(theirs);
  Object.keys(yours).forEach((key, index, all) => {
    if (keys.includes(key)) return;
    keys.splice(index === 0 ? 0 : keys.indexOf(all[index - 1] ?? '') + 1, 0, key);
  });
  return keys;
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

const shown = (value: Json | undefined): string => (value === undefined ? 'removed' : JSON.stringify(value));

/** The text of a manifest that records the template version it was brought to, indented as `like` is. */
export function manifestText(json: JsonObject, record: { template: string; commit: string }, like: string): string {
  const indentation = /^\{\r?\n([ \t]+)/.exec(like)?.[1] ?? '  ';
  const { name = null, version = null, ...rest } = json;
  const head = Object.fromEntries(Object.entries({ name, version }).filter(([, value]) => value !== null));
  return `${JSON.stringify({ ...head, crosswind: record, ...rest }, null, indentation)}\n`;
}
