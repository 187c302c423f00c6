import type { Json } from '@crosswind/aws/json';
import { afterString, afterValue, afterSpace, placeIn } from './json-text.ts';
import { quoted, WrongInput } from './wrong-input.ts';

/** One JSON document of a text: an output that the command line of AWS printed. */
export interface Document {
  /** File, and its place in it if it is not the first one: `history.json`, `history.json, document 2`. */
  readonly place: string;
  /** Keys of the object, in their order; none of an array. */
  readonly keys: readonly string[];
  /** Values of the keys that are read. */
  readonly fields: ReadonlyMap<string, Json>;
  /** Elements of `events`, or of a document that is an array; undefined where there is neither. */
  readonly events: readonly Json[] | undefined;
}

/** Keys whose values are read: everything else may be as long as it likes. */
const read = [
  ...['NextToken', 'nextToken', 'executionArn', 'stateMachineArn', 'name', 'status', 'startDate', 'stopDate'],
  ...['input', 'output', 'error', 'cause', 'definition', 'type', 'redriveCount', 'mapRunArn'],
];

/** How JSON is asked for, and what can be read. */
const expected =
  'expected the JSON that `aws stepfunctions get-execution-history --output json` prints; describe-execution and describe-state-machine may follow it';

/**
 * The documents of a text, which may follow each other without anything between them. It yields after each value, so that
 * somebody who draws can stop it for a while.
 *
 * @throws WrongInput
 */
export function* documentsIn(name: string, text: string): Generator<undefined, readonly Document[]> {
  const documents: Document[] = [];
  let at = afterSpace(text, text.startsWith('\ufeff') ? 1 : 0);
  if (at >= text.length) throw new WrongInput(`${name}: it is empty; ${expected}`);
  while (at < text.length) {
    const place = documents.length === 0 ? name : `${name}, document ${documents.length + 1}`;
    const [document, next] = yield* documentAt(text, at, name, place);
    documents.push(document);
    at = afterSpace(text, next);
  }
  return documents;
}

type Reading<Result> = Generator<undefined, readonly [result: Result, next: number]>;

function* documentAt(text: string, at: number, name: string, place: string): Reading<Document> {
  if (text.charAt(at) === '[') {
    const [events, next] = yield* elementsAt(text, at, name);
    return [{ place, keys: [], fields: new Map(), events }, next];
  }
  if (text.charAt(at) !== '{')
    throw new WrongInput(`${placeIn(name, text, at)}: got ${quoted(lineAt(text, at))}; ${expected}`);
  const keys: string[] = [];
  const fields = new Map<string, Json>();
  let events: readonly Json[] | undefined;
  let next = afterSpace(text, at + 1);
  while (text.charAt(next) !== '}') {
    const afterKey = afterString(text, next, name);
    const key = parsed(text, next, afterKey, name) as string;
    const colon = expectAt(text, afterSpace(text, afterKey), ':', name);
    const start = afterSpace(text, colon);
    if (key === 'events' && text.charAt(start) === '[') {
      [events, next] = yield* elementsAt(text, start, name);
    } else {
      next = afterValue(text, start, name);
      if (read.includes(key)) fields.set(key, parsed(text, start, next, name));
      yield;
    }
    keys.push(key);
    next = afterSeparator(text, next, '}', name);
  }
  return [{ place, keys, fields, events }, next + 1];
}

function* elementsAt(text: string, at: number, name: string): Reading<readonly Json[]> {
  const elements: Json[] = [];
  let next = afterSpace(text, at + 1);
  while (text.charAt(next) !== ']') {
    const end = afterValue(text, next, name);
    elements.push(parsed(text, next, end, name));
    next = afterSeparator(text, end, ']', name);
    yield;
  }
  return [elements, next + 1];
}

/** Where the next member begins, or where the closing bracket is. */
function afterSeparator(text: string, at: number, closing: '}' | ']', name: string): number {
  const next = afterSpace(text, at);
  if (text.charAt(next) === closing) return next;
  const member = afterSpace(text, expectAt(text, next, ',', name, closing));
  if (text.charAt(member) === closing)
    throw new WrongInput(`${placeIn(name, text, member)}: it is not JSON: got ${closing} after a comma`);
  return member;
}

function expectAt(text: string, at: number, wanted: string, name: string, other = ''): number {
  if (text.charAt(at) === wanted) return at + 1;
  const what = other === '' ? `"${wanted}"` : `"${wanted}" or "${other}"`;
  throw new WrongInput(`${placeIn(name, text, at)}: it is not JSON: expected ${what}, got ${cameAt(text, at)}`);
}

function parsed(text: string, from: number, to: number, name: string): Json {
  try {
    return JSON.parse(text.slice(from, to)) as Json;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const inside = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    throw new WrongInput(`${placeIn(name, text, from + inside)}: it is not JSON: got ${cameAt(text, from)}`);
  }
}

const cameAt = (text: string, at: number): string =>
  at < text.length ? quoted(lineAt(text, at)) : 'the end of the text: it was cut off, so copy all of it';

const lineAt = (text: string, at: number): string => /^[^\n\r]*/.exec(text.slice(at, at + 60))?.[0] ?? '';
