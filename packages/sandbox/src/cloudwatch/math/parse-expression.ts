import { type Expression, ExpressionError, type Operator, operators } from './expression.ts';

const token =
  /\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|"[^"]*"|'[^']*'|==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],])/y;

/** How deep parentheses and signs may be nested, so that no request exhausts the stack; AWS documents no limit. */
const deepest = 100;

/** The expression that a text is; throws an `ExpressionError` for any other text. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.operation(0);
  parser.end();
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  /** Parses operations whose operators are of this row or bind tighter. */
  operation(row: number): Expression {
    const here = operators[row];
    if (!here) return this.#operand();
    let left = this.#isNegative(row) ? this.#negative(row) : this.operation(row + 1);
    for (let operator = this.#operator(here); operator; operator = this.#operator(here)) {
      // A power binds to its right: 2 ^ 3 ^ 2 is 2 ^ 9.
      const right = this.operation(operator === '^' ? row : row + 1);
      left = { kind: 'operation', operator, left, right };
    }
    return left;
  }

  end(): void {
    if (this.#next < this.#tokens.length) throw this.#unexpected();
  }

  /** A sign binds looser than a power and tighter than a product. */
  #isNegative(row: number): boolean {
    return row === operators.length - 1 && this.#tokens[this.#next] === '-';
  }

  #negative(row: number): Expression {
    this.#expect('-');
    return { kind: 'negative', of: this.#deeper(() => this.operation(row)) };
  }

  #deeper(parse: () => Expression): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) throw new ExpressionError(`more than ${deepest} levels in an expression`);
    const expression = parse();
    this.#depth -= 1;
    return expression;
  }

  #operator(among: readonly Operator[]): Operator | undefined {
    const found = among.find((operator) => operator === this.#tokens[this.#next]);
    if (found) this.#next += 1;
    return found;
  }

  #operand(): Expression {
    return this.#deeper(() => this.#term());
  }

  #term(): Expression {
    const here = this.#tokens[this.#next] ?? '';
    if (!/^[\w."'([]/.test(here)) throw this.#unexpected();
    this.#next += 1;
    if (here === '(') {
      const inner = this.operation(0);
      this.#expect(')');
      return inner;
    }
    if (here === '[') return { kind: 'list', items: this.#until(']') };
    if (/^["']/.test(here)) return { kind: 'text', value: here.slice(1, -1) };
    if (/^[\d.]/.test(here)) return { kind: 'number', value: Number(here) };
    if (this.#tokens[this.#next] !== '(') return /^[a-z]/.test(here) ? { kind: 'id', id: here } : word(here);
    this.#next += 1;
    return { kind: 'call', name: here, given: this.#until(')') };
  }

  #until(closing: string): readonly Expression[] {
    const items: Expression[] = [];
    while (this.#tokens[this.#next] !== closing) {
      if (items.length > 0) this.#expect(',');
      items.push(this.operation(0));
    }
    this.#expect(closing);
    return items;
  }

  #expect(what: string): void {
    if (this.#tokens[this.#next] !== what) throw this.#unexpected();
    this.#next += 1;
  }

  #unexpected(): ExpressionError {
    const found = this.#tokens[this.#next];
    return new ExpressionError(`unexpected ${found === undefined ? 'end' : `"${found}"`} in "${this.#text}"`);
  }
}

const word = (text: string): Expression => ({ kind: 'word', word: text });

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const from = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new ExpressionError(`unexpected "${text.slice(from).trim()}" in "${text}"`);
    tokens.push(found);
  }
  return tokens;
}
