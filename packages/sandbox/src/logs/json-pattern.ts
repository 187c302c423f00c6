import { isObject, type Json } from '@crosswind/aws/json';
import { InvalidPattern, type Matches } from './invalid-pattern.ts';

type Condition = (json: Json) => boolean;

const token =
  /\s*(?:(\|\||&&|[(){}]|!=|<=|>=|=|<|>)|("(?:[^"\\]|\\.)*")|(\$(?:\.[\w*-]+|\["[^"]*"\]|\[\d+\])*)|([^\s(){}=<>!&|"]+))\s*/y;

/** The filter `{ $.level = "ERROR" && $.count > 3 }`, with `||`, parentheses, IS NULL, IS TRUE, IS FALSE, EXISTS and NOT EXISTS. */
export function parseJsonPattern(text: string): Matches {
  const parser = new JsonPattern(tokensOf(text), text);
  const condition = parser.pattern();
  return (message) => {
    const json = objectIn(message);
    return json !== undefined && condition(json);
  };
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [whole] = token.exec(text) ?? [];
    if (whole === undefined) throw invalid(text, text.slice(at));
    tokens.push(whole.trim());
  }
  return tokens;
}

const invalid = (text: string, at: string): InvalidPattern =>
  new InvalidPattern(`Invalid metric filter pattern ${text}: unexpected "${at || 'end'}"`);

class JsonPattern {
  readonly #tokens: string[];
  readonly #text: string;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = [...tokens];
    this.#text = text;
  }

  pattern(): Condition {
    this.#expect('{');
    const condition = this.#either();
    this.#expect('}');
    if (this.#tokens.length > 0) throw invalid(this.#text, this.#tokens.join(' '));
    return condition;
  }

  #either(): Condition {
    const parts = [this.#both()];
    while (this.#take('||')) parts.push(this.#both());
    return (json) => parts.some((part) => part(json));
  }

  #both(): Condition {
    const parts = [this.#one()];
    while (this.#take('&&')) parts.push(this.#one());
    return (json) => parts.every((part) => part(json));
  }

  #one(): Condition {
    if (this.#take('(')) {
      const condition = this.#either();
      this.#expect(')');
      return condition;
    }
    const path = this.#next();
    if (!path.startsWith('$')) throw invalid(this.#text, path);
    const operator = this.#next();
    if (operator === 'NOT') {
      this.#expect('EXISTS');
      return (json) => valuesAt(json, path).length === 0;
    }
    if (operator === 'EXISTS') return (json) => valuesAt(json, path).length > 0;
    const holds = operator === 'IS' ? isOne(this.#next(), this.#text) : comparison(operator, this.#next(), this.#text);
    return (json) => valuesAt(json, path).some(holds);
  }

  #next(): string {
    const next = this.#tokens.shift();
    if (next === undefined) throw invalid(this.#text, '');
    return next;
  }

  #take(expected: string): boolean {
    if (this.#tokens[0] !== expected) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(expected: string): void {
    if (!this.#take(expected)) throw invalid(this.#text, this.#tokens[0] ?? '');
  }
}

const named: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
]);

function isOne(word: string, text: string): Condition {
  const wanted = named.get(word.toUpperCase());
  if (wanted === undefined) throw invalid(text, word);
  return (value) => value === wanted;
}

/** Compares numbers with numbers, and text with text, in which `*` stands for anything. */
function comparison(operator: string, operand: string, text: string): Condition {
  if (!/^(!?=|[<>]=?)$/.test(operator)) throw invalid(text, operator);
  if (/^[(){}=<>!&|]/.test(operand)) throw invalid(text, operand);
  if (/^%.*%$/.test(operand)) {
    throw new InvalidPattern(
      `the sandbox supports no regular expression in a filter pattern, got ${operand} (see docs/sandbox-support.md)`,
    );
  }
  const number = Number(operand);
  if (!operand.startsWith('"') && !Number.isNaN(number)) return numeric(operator, number);
  if (!['=', '!='].includes(operator)) throw invalid(text, operand);
  const wanted = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  const pattern = new RegExp(`^${wanted.split('*').map(escaped).join('.*')}$`, 's');
  return (value) => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain && pattern.test(String(value)) === (operator === '=');
  };
}

function numeric(operator: string, number: number): Condition {
  const compare: Readonly<Record<string, (value: number) => boolean>> = {
    '=': (value) => value === number,
    '!=': (value) => value !== number,
    '<': (value) => value < number,
    '<=': (value) => value <= number,
    '>': (value) => value > number,
    '>=': (value) => value >= number,
  };
  return (value) => typeof value === 'number' && (compare[operator]?.(value) ?? false);
}

const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Values at a selector such as `$.a.b[0]` or `$.a["b c"]`; `*` stands for every member. */
function valuesAt(json: Json, path: string): readonly Json[] {
  let values: readonly Json[] = [json];
  for (const [, name, quoted, index] of path.matchAll(/\.([\w*-]+)|\["([^"]*)"\]|\[(\d+)\]/g)) {
    values = values.flatMap((value) => membersOf(value, name ?? quoted ?? Number(index)));
  }
  return values;
}

function membersOf(value: Json, name: string | number): readonly Json[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return name === '*' ? items : items.slice(Number(name), Number(name) + 1);
  }
  if (!isObject(value) || typeof name === 'number') return [];
  if (name === '*') return Object.values(value);
  const member = value[name];
  return member === undefined ? [] : [member];
}

function objectIn(message: string): Json | undefined {
  const start = message.indexOf('{');
  // CloudWatch Logs reads an event as JSON only if it is nothing else.
  if (start < 0 || message.slice(0, start).trim() !== '') return undefined;
  try {
    return JSON.parse(message) as Json;
  } catch {
    return undefined;
  }
}
