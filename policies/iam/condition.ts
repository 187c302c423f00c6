import { NEGATIONS, OPERATORS, type Operator } from './condition-operators.ts';
import { PolicyError } from './policy-document.ts';
import { expandVariables, hasVariable } from './policy-variables.ts';
import type { ContextValues } from './request.ts';

/** One key under one operator of a Condition element. */
export interface Condition {
  /** The operator as the policy writes it, for example `ForAllValues:StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  readonly quantifier: string | undefined;
  readonly test: 'presence' | 'comparison';
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly compare: Operator;
  readonly variables: boolean;
}

const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** The condition of one operator and key; an unknown operator or a value it cannot hold is an error that names it. */
export function condition(
  operator: string,
  key: string,
  expected: readonly string[],
  withVariables: boolean,
): Condition {
  const [, quantifier, name = '', ifExists] = OPERATOR_NAME.exec(operator) ?? [];
  const compare = OPERATORS.get(NEGATIONS.get(name) ?? name);
  if (compare === undefined) throw new PolicyError(`unknown condition operator ${JSON.stringify(operator)}`);
  const misfit = expected.find((value) => !compare.accepts(value));
  if (misfit !== undefined) throw new PolicyError(`${operator} ${key} cannot be ${JSON.stringify(misfit)}`);
  return {
    operator,
    key,
    expected,
    quantifier,
    test: name === 'Null' ? 'presence' : 'comparison',
    negated: NEGATIONS.has(name),
    ifExists: ifExists !== undefined,
    compare,
    variables: withVariables && compare.variables && expected.some(hasVariable),
  };
}

function meets(it: Condition, actual: string, context: ContextValues): boolean {
  const matched = it.expected.some((value) => {
    const expected = it.variables ? expandVariables(value, context) : value;
    return expected !== undefined && it.compare.matches(expected, actual);
  });
  return matched !== it.negated;
}

/** Whether a request fulfils the condition (AWS: "Conditions with multiple context keys or values"). */
export function isMet(it: Condition, context: ContextValues): boolean {
  const actual = context.get(it.key.toLowerCase()) ?? [];
  if (it.test === 'presence')
    return it.expected.some((wanted) => (wanted.toLowerCase() === 'true') === (actual.length === 0));
  if (actual.length === 0) {
    return it.ifExists || it.quantifier === 'ForAllValues' || (it.negated && it.quantifier === undefined);
  }
  const everyValue = it.quantifier === 'ForAllValues' || (it.quantifier === undefined && it.negated);
  return everyValue
    ? actual.every((value) => meets(it, value, context))
    : actual.some((value) => meets(it, value, context));
}
