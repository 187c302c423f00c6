import { ExpressionError } from '../math/expression.ts';
import { accountLabel, type Aggregation, type Filter, type InsightsQuery, mostLines, type Order } from './query.ts';

const token = /\s*("[^"]*"|'[^']*'|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\d+|!=|[=(),])/y;

const aggregations: readonly string[] = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'];

/** The query that a text is; throws an `ExpressionError` for any other text. */
export function parseQuery(text: string): InsightsQuery {
  return new Parser(text).query();
}

class Parser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  query(): InsightsQuery {
    this.#keyword('SELECT');
    const aggregation = this.#aggregation();
    this.#expect('(');
    const metric = this.#name('a metric');
    this.#expect(')');
    this.#keyword('FROM');
    const source = this.#source();
    const filters = this.#is('WHERE') ? this.#filters() : [];
    const groupBy = this.#is('GROUP', 'BY') ? this.#labels() : [];
    const order = this.#is('ORDER', 'BY') ? { order: this.#order() } : {};
    const limit = this.#is('LIMIT') ? this.#limit() : mostLines;
    if (this.#peek() !== '') throw this.#unexpected('the end of the query');
    return { aggregation, metric, ...source, filters, groupBy, ...order, limit };
  }

  #source(): Pick<InsightsQuery, 'namespace' | 'schema'> {
    if (!this.#is('SCHEMA')) return { namespace: this.#name('a namespace') };
    this.#expect('(');
    const namespace = this.#name('a namespace');
    const schema: string[] = [];
    while (this.#is(',')) schema.push(this.#label());
    this.#expect(')');
    return { namespace, schema };
  }

  #filters(): readonly Filter[] {
    const filters: Filter[] = [];
    do {
      const label = this.#label();
      const equal = this.#is('=');
      if (!equal) this.#expect('!=');
      const value = this.#peek();
      if (!value.startsWith("'")) throw this.#unexpected('a value in single quotes');
      this.#next += 1;
      filters.push({ label, equal, value: value.slice(1, -1) });
    } while (this.#is('AND'));
    return filters;
  }

  #labels(): readonly string[] {
    const labels = [this.#label()];
    while (this.#is(',')) labels.push(this.#label());
    return labels;
  }

  #order(): Order {
    const by = this.#aggregation();
    this.#expect('(');
    this.#expect(')');
    if (this.#is('DESC')) return { by, descending: true };
    this.#is('ASC');
    return { by, descending: false };
  }

  #limit(): number {
    const limit = Number(this.#peek());
    if (!Number.isInteger(limit) || limit < 1 || limit > mostLines) throw this.#unexpected('a number from 1 to 500');
    this.#next += 1;
    return limit;
  }

  #aggregation(): Aggregation {
    const name = this.#peek().toUpperCase();
    if (!aggregations.includes(name)) throw this.#unexpected(aggregations.join(', '));
    this.#next += 1;
    return name as Aggregation;
  }

  /** A dimension, or the account; the sandbox does not know tags and other labels of AWS. */
  #label(): string {
    const isQuoted = this.#peek().startsWith('"');
    const label = this.#name('a label');
    if (isQuoted || label === accountLabel || !label.includes('.')) return label;
    throw new ExpressionError(
      `the sandbox does not know the label ${label} of Metrics Insights (known: ${accountLabel})`,
    );
  }

  #name(expected: string): string {
    const name = this.#peek();
    if (!/^["A-Za-z_]/.test(name)) throw this.#unexpected(expected);
    this.#next += 1;
    return name.startsWith('"') ? name.slice(1, -1) : name;
  }

  #keyword(word: string): void {
    if (!this.#is(word)) throw this.#unexpected(word);
  }

  #expect(symbol: string): void {
    if (!this.#is(symbol)) throw this.#unexpected(symbol);
  }

  /** Goes past these tokens if they come next. */
  #is(...words: readonly string[]): boolean {
    const come = words.every((word, index) => this.#tokens[this.#next + index]?.toUpperCase() === word);
    if (come) this.#next += words.length;
    return come;
  }

  #peek(): string {
    return this.#tokens[this.#next] ?? '';
  }

  #unexpected(expected: string): ExpressionError {
    const found = this.#peek() === '' ? 'the end' : this.#peek();
    return new ExpressionError(`expected ${expected} in the Metrics Insights query, got ${found}`);
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const start = token.lastIndex;
    const found = token.exec(trimmed)?.[1];
    if (found === undefined) {
      throw new ExpressionError(`expected a Metrics Insights query, got "${trimmed.slice(start).trimStart()}" in it`);
    }
    tokens.push(found);
  }
  return tokens;
}
