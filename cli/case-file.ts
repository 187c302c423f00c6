import { readFile } from 'node:fs/promises';
import { duplicateKey, type JsonProblem, messageOf, placeOf } from '@crosswind/aws/problem';
import { fileText } from '../config/file-text.ts';
import { type Path, formatProblem } from '../config/problem.ts';
import { TextPositions } from '../config/text-positions.ts';
import { WrongInput } from './failure.ts';

/** Reads a document as cases, or reports its problems. */
export type ReadCases<Case> = (
  document: unknown,
) =>
  | { readonly ok: true; readonly cases: readonly Case[] }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

/** The cases of a JSON file; everything wrong with it is one error, each problem as `file:line:column`. */
export async function readCaseFile<Case>(file: string, read: ReadCases<Case>): Promise<readonly Case[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new WrongInput(`cannot read ${file}: expected a JSON file of cases (${messageOf(error)})`);
  });
  const source = fileText(bytes);
  if (!source.ok) throw new WrongInput(formatProblem(file, source.problem));
  return parseCaseFile(file, source.text, read);
}

/** The cases of `text`, which is the content of `file`. */
export function parseCaseFile<Case>(file: string, text: string, read: ReadCases<Case>): readonly Case[] {
  const document = jsonOf(file, text);
  refuseDuplicates(file, text);
  const result = read(document);
  if (result.ok) return result.cases;
  const positions = new TextPositions(text);
  const lines = result.problems.map(({ path, message }) => {
    const { line, column } = positions.of(path as Path) ?? { line: 1, column: 1 };
    return `${file}:${line}:${column} ${placeOf(path)}: ${message}`;
  });
  throw new WrongInput(lines.join('\n'));
}

function refuseDuplicates(file: string, text: string): void {
  const duplicate = duplicateKey(text);
  if (duplicate === undefined) return;
  const { key, first, second } = duplicate;
  const before = linesBefore(text, first).length;
  throw new WrongInput(
    `${placeAt(file, text, second)} key ${JSON.stringify(key)} is already in this object on line ${before}; keep one of them`,
  );
}

const linesBefore = (text: string, offset: number): readonly string[] => text.slice(0, offset).split('\n');

function placeAt(file: string, text: string, offset: number): string {
  const lines = linesBefore(text, offset);
  return `${file}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = messageOf(error).replace(/ \(line .*$/, '');
    throw new WrongInput(`${placeAt(file, text, syntaxErrorIn(text))} is not JSON: ${message}`);
  }
}

/**
 * Offset of the first character that cannot be part of any JSON document. V8 names it for some errors only, so this
 * looks for the longest beginning of the text that only lacks its end.
 */
function syntaxErrorIn(text: string): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (onlyLacksItsEnd(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function onlyLacksItsEnd(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = messageOf(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    return message.includes('end of JSON input') || (offset !== undefined && Number(offset) >= beginning.length);
  }
}
