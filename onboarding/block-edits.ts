import { type Node, type Pair, type YAMLMap, isCollection, isNode, isPair, isScalar } from 'yaml';

/** A piece of a text that is replaced; every byte outside of it stays as it is. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits made; they must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, text: piece }) => edited.slice(0, start) + piece + edited.slice(end), text);
}

/** A list item below `last`, as it is indented; undefined when `last` does not start a line of its own. */
export function itemAfter(text: string, last: Node, lines: readonly string[]): Edit | undefined {
  const indent = itemIndent(text, last);
  if (indent === undefined) return undefined;
  const newline = newlineOf(text);
  const end = endOfLines(text, last, indent);
  const item = itemText(lines, indent, newline);
  return { start: end, end, text: end > 0 && text[end - 1] !== '\n' ? newline + item : item };
}

/** Writes the first item of a list that is written as `[]`, indented by two; undefined when it is not empty. */
export function listFilled(text: string, { key, value }: Pair, lines: readonly string[]): Edit | undefined {
  if (!isNode(key) || !isNode(value) || text.slice(startOf(value), endOf(value)).replace(/\s/g, '') !== '[]')
    return undefined;
  const newline = newlineOf(text);
  const start = text.indexOf(':', endOf(key)) + 1;
  const end = lineEnd(text, endOf(value));
  const rest = text.slice(endOf(value), end).trimEnd();
  return { start, end, text: `${rest}${newline}${itemText(lines, 2, newline)}` };
}

/** Writes `[]` behind the key of a list whose items are all taken out. */
export function listEmptied(text: string, { key }: Pair): Edit | undefined {
  if (!isNode(key)) return undefined;
  const start = text.indexOf(':', endOf(key)) + 1;
  return { start, end: start, text: ' []' };
}

/** Adds a key with its lines at the end of a block mapping; undefined when its last key shares a line with other things. */
export function keyAdded(text: string, map: YAMLMap, lines: readonly string[]): Edit | undefined {
  const last = map.items.at(-1);
  if (!last || !isScalar(last.key)) return undefined;
  const indent = startOf(last.key) - lineStart(text, startOf(last.key));
  if (text.slice(startOf(last.key) - indent, startOf(last.key)).trim() !== '') return undefined;
  const newline = newlineOf(text);
  const end = endOfLines(text, last, indent);
  const added = lines.map((line) => `${' '.repeat(indent)}${line}${newline}`).join('');
  return { start: end, end, text: end > 0 && text[end - 1] !== '\n' ? newline + added : added };
}

/** Takes the lines of a list item out, with the comments inside of it; undefined when other things share its lines. */
export function itemRemoved(text: string, item: Node): Edit | undefined {
  const indent = itemIndent(text, item);
  return indent === undefined ? undefined : linesRemoved(text, lineStart(text, startOf(item)), item, indent);
}

/** Takes the lines of a key and its value out; undefined when other things share its lines. */
export function keyRemoved(text: string, map: YAMLMap, key: string): Edit | undefined {
  const pair = map.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === key);
  if (!pair || !isScalar(pair.key)) return undefined;
  const start = lineStart(text, startOf(pair.key));
  const before = text.slice(start, startOf(pair.key));
  return before.trim() === '' ? linesRemoved(text, start, pair, before.length) : undefined;
}

function linesRemoved(text: string, start: number, last: Node | Pair, indent: number): Edit {
  const end = endOfLines(text, last, indent);
  const betweenBlankLines = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const blankLine = betweenBlankLines ? /^[ \t]*\r?\n/.exec(text.slice(end))?.[0] : undefined;
  return { start, end: end + (blankLine?.length ?? 0), text: '' };
}

/** The column of the hyphen of an item that starts its own line. */
function itemIndent(text: string, item: Node): number | undefined {
  const start = startOf(item);
  return /^( *)- +$/.exec(text.slice(lineStart(text, start), start))?.[1]?.length;
}

/** The end of the last line of a node, and of the comments below it that are indented deeper. */
function endOfLines(text: string, last: Node | Pair, indent: number): number {
  let end = lineEnd(text, endOf(last));
  for (;;) {
    const comment = /^( *)#[^\n]*(\n|$)/.exec(text.slice(end));
    if (!comment || (comment[1]?.length ?? 0) <= indent) return end;
    end += comment[0].length;
  }
}

const newlineOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

const itemText = (lines: readonly string[], indent: number, newline: string): string =>
  lines.map((line, index) => `${' '.repeat(indent)}${index === 0 ? '- ' : '  '}${line}${newline}`).join('');

const startOf = ({ range }: Node): number => range?.[0] ?? 0;

/** The end of the last value in block collections, whose own range runs on over what follows. */
function endOf(node: unknown): number {
  if (isPair(node)) return isNode(node.value) ? endOf(node.value) : endOf(node.key);
  if (!isNode(node)) return 0;
  const last: unknown = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  return last === undefined ? (node.range?.[1] ?? 0) : endOf(last);
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
