import { type Document, type Node, type Pair, type YAMLMap, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { type Edit, applyEdits, itemAfter, itemRemoved, listEmptied, listFilled } from './block-edits.ts';

/** A text with some lines more or less, or the reason why it has to be edited by hand. */
export type Edited = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** An edit, or nothing where other things share the lines. */
export type PossibleEdit = Edit | undefined;

/** Makes edits of `platform.yaml`, all or none. */
export function edited(text: string, edits: (body: string, document: Document) => readonly PossibleEdit[]): Edited {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const made = edits(body, parseDocument(body));
  const possible = made.filter((edit) => edit !== undefined);
  if (possible.length < made.length) {
    const reason = 'accounts, waves and tenants must be on lines of their own, not in [ ] or { }: edit it by hand';
    return { ok: false, reason };
  }
  return { ok: true, text: mark + applyEdits(body, possible) };
}

/** Adds an item at the end of a list of the file, which may be `[]`. */
export function itemAdded(body: string, document: Document, list: string, lines: readonly string[]): PossibleEdit[] {
  const pair = pairOf(document, list);
  const last = itemsOf(pair, list).at(-1);
  return last ? [itemAfter(body, last, lines)] : [listFilled(body, pair, lines)];
}

/** Takes items out of a list of the file; a list that then has none is written as `[]`. */
export function itemsRemoved(
  body: string,
  document: Document,
  list: string,
  indexes: readonly number[],
): readonly PossibleEdit[] {
  const pair = pairOf(document, list);
  const items = itemsOf(pair, list);
  const removed = indexes.map((index) => items[index]).map((item) => item && itemRemoved(body, item));
  return items.length > 0 && removed.length === items.length ? [...removed, listEmptied(body, pair)] : removed;
}

/** The mapping at a path of a valid platform. */
export function mapping(document: Document, path: readonly (string | number)[]): YAMLMap {
  const node = document.getIn(path);
  if (isMap(node)) return node;
  throw new Error(`${path.join('.')} is no mapping, so this is no valid platform`);
}

function pairOf(document: Document, key: string): Pair {
  const pair = isMap(document.contents)
    ? document.contents.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === key)
    : undefined;
  if (pair) return pair;
  throw new Error(`the file has no ${key}, so this is no valid platform`);
}

function itemsOf({ value }: Pair, key: string): readonly Node[] {
  if (isSeq(value)) return value.items.filter(isNode);
  throw new Error(`${key} is no list, so this is no valid platform`);
}
