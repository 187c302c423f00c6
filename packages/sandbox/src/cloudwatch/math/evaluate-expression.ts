import { type Expression, ExpressionError, type Operator } from './expression.ts';
import type { Argument, Request } from './arguments.ts';
import { functions } from './functions.ts';
import { combine, isSeveral, type Points, type Value } from './value.ts';

/** Data of the request that an expression refers to. */
export interface Surroundings extends Request {
  /** A metric or another expression; undefined where the request has none of that id. */
  readonly valueOf: (id: string) => Value | undefined;
  /** Of a metric, in seconds. */
  readonly periodOf: (id: string) => number | undefined;
  /** Called with the value of every part of the expression. Throws if there are too many data points. */
  readonly count: (value: Value) => void;
}

const truth = (is: boolean): number => (is ? 1 : 0);

const calculate: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<': (left, right) => truth(left < right),
  '>': (left, right) => truth(left > right),
  '<=': (left, right) => truth(left <= right),
  '>=': (left, right) => truth(left >= right),
  AND: (left, right) => truth(left !== 0 && right !== 0),
  '&&': (left, right) => truth(left !== 0 && right !== 0),
  OR: (left, right) => truth(left !== 0 || right !== 0),
  '||': (left, right) => truth(left !== 0 || right !== 0),
};

/** Evaluates an expression. Throws an `ExpressionError` if CloudWatch or the sandbox would not evaluate it. */
export function evaluateExpression(expression: Expression, surroundings: Surroundings): Value {
  const value = evaluated(expression, surroundings);
  surroundings.count(value);
  return value;
}

function evaluated(expression: Expression, surroundings: Surroundings): Value {
  const valueOf = (inner: Expression): Value => evaluateExpression(inner, surroundings);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'text':
      throw new ExpressionError(`"${expression.value}" is no metric`);
    case 'word':
      throw new ExpressionError(`the sandbox does not know ${expression.word} of metric math`);
    case 'id':
      return known(expression.id, surroundings.valueOf(expression.id));
    case 'list':
      return expression.items.map(valueOf).flatMap(seriesOf);
    case 'negative':
      return combine(0, valueOf(expression.of), calculate['-']);
    case 'operation':
      return combine(valueOf(expression.left), valueOf(expression.right), calculate[expression.operator]);
    case 'call':
      return called(expression.name, expression.given, surroundings);
  }
}

function called(name: string, given: readonly Expression[], surroundings: Surroundings): Value {
  if (name === 'PERIOD') return periodOf(given, surroundings);
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!call) throw new ExpressionError(unknownFunction(name));
  const argument = (inner: Expression): Argument => {
    if (inner.kind === 'text') return { text: inner.value };
    return inner.kind === 'word' ? { text: inner.word } : evaluateExpression(inner, surroundings);
  };
  return call(given.map(argument), surroundings);
}

const unknownFunction = (name: string): string =>
  `the sandbox does not know the function ${name} of metric math (known: ${['PERIOD', ...Object.keys(functions)].join(', ')})`;

function periodOf([metric]: readonly Expression[], surroundings: Surroundings): number {
  const period = metric?.kind === 'id' ? surroundings.periodOf(metric.id) : undefined;
  if (period === undefined) throw new ExpressionError('PERIOD takes the id of a metric');
  return period;
}

function known(id: string, value: Value | undefined): Value {
  if (value === undefined) throw new ExpressionError(`there is no metric or expression with the id ${id}`);
  return value;
}

function seriesOf(value: Value): readonly Points[] {
  if (typeof value === 'number') throw new ExpressionError('an array holds metrics, not numbers');
  return isSeveral(value) ? value : [value];
}
