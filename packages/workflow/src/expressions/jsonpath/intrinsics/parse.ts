import { parsePath } from '../path.ts';
import { PathSyntaxError, syntaxProblem } from '../path-syntax-error.ts';
import { intrinsics } from './functions.ts';

/** An intrinsic function as it is called, or an argument of one. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly text: string;
}

export type Argument =
  | Call
  | { readonly kind: 'path'; readonly text: string }
  /** `raw` keeps the backslashes of a string, which `States.Format` reads itself. */
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly raw: string };

/** Maximum nesting depth of functions. */
const MAX_DEPTH = 10;

const known = new Map<string, Call>();

/** Reads `States.Name(argument, …)`; each text is read once. Throws a PathSyntaxError. */
export function parseIntrinsic(text: string): Call {
  const call = known.get(text) ?? new Reader(text).whole();
  known.set(text, call);
  return call;
}

/** Problem in the text of an intrinsic function, or undefined. */
export const intrinsicProblem = (text: string): string | undefined => syntaxProblem(() => parseIntrinsic(text));

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Call {
    const call = this.call(1);
    this.take(/\s*/y);
    if (this.at < this.text.length) throw this.unexpected();
    return call;
  }

  private call(depth: number): Call {
    const start = this.at;
    const name = this.take(/\s*States\.(\w+)\s*\(/y)?.[1];
    if (name === undefined) throw this.unexpected();
    const parameters = intrinsics.get(name)?.parameters;
    if (!parameters) throw new PathSyntaxError(`there is no intrinsic function States.${name}`);
    if (depth > MAX_DEPTH) throw new PathSyntaxError(`functions may be nested ${MAX_DEPTH} deep`);
    const args = this.arguments(depth);
    const [min, max] = parameters;
    if (args.length < min || args.length > max) {
      const expected = min === max ? `${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
      throw new PathSyntaxError(`States.${name} takes ${expected} arguments, got ${args.length}`);
    }
    return { kind: 'call', name, args, text: this.text.slice(start, this.at).trim() };
  }

  private arguments(depth: number): readonly Argument[] {
    if (this.take(/\s*\)/y)) return [];
    const args = [this.argument(depth)];
    while (this.take(/\s*,/y)) args.push(this.argument(depth));
    if (!this.take(/\s*\)/y)) throw this.unexpected();
    return args;
  }

  private argument(depth: number): Argument {
    this.take(/\s*/y);
    const quoted = this.take(/'((?:[^'\\]|\\.)*)'/suy)?.[1];
    if (quoted !== undefined && /^(?:[^\\]|\\[^"])*\\"/u.test(quoted)) {
      throw new PathSyntaxError(`\\" cannot be written in a literal; write " (got '${quoted}')`);
    }
    if (quoted !== undefined) return { kind: 'literal', value: quoted.replace(/\\(.)/gsu, '$1'), raw: quoted };
    const word = this.take(/(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=\s*[,)])/y)?.[0];
    if (word !== undefined) {
      return { kind: 'literal', value: JSON.parse(word) as number | boolean | null, raw: word };
    }
    if (this.text[this.at] === '$') return this.path();
    return this.call(depth + 1);
  }

  private path(): Argument {
    const start = this.at;
    this.at = endOfPath(this.text, start);
    const text = this.text.slice(start, this.at);
    parsePath(text);
    return { kind: 'path', text };
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  private unexpected(): PathSyntaxError {
    return new PathSyntaxError(`cannot be read from "${this.text.slice(this.at)}" on`);
  }
}

/** A path ends at a space, a comma or a parenthesis outside of brackets; quotes hide what stands between them. */
function endOfPath(text: string, start: number): number {
  let brackets = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quoted && letter === '\\') at++;
    else if (brackets > 0 && letter === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '[') brackets++;
    else if (letter === ']') brackets--;
    else if (brackets === 0 && /[\s,)]/.test(letter)) return at;
  }
  return text.length;
}
