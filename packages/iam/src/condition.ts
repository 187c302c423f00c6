import { isUnresolved } from '@crosswind/aws/json';
import { NEGATIONS, OPERATORS, type Operator } from './condition-operators.ts';
import type { ContextValue, ContextValues } from './context-values.ts';
import { PolicyError } from './policy-document.ts';
import { expandVariables, hasVariable } from './policy-variables.ts';
import { not, some, UNKNOWN, type Truth } from './truth.ts';

/** One key under one operator of a Condition element. */
export interface Condition {
  /** The operator as the policy writes it, for example `ForAllValues:StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  /** The key in lower case, as requests are asked for it. */
  readonly contextKey: string;
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
  if (name === 'Null' && ifExists !== undefined)
    throw new PolicyError(`${operator} asks whether a key exists if it exists: leave IfExists out`);
  const misfit = expected.find((value) => !isUnresolved(value) && !compare.accepts(value));
  if (misfit !== undefined) throw new PolicyError(`${operator} ${key} cannot be ${JSON.stringify(misfit)}`);
  return {
    operator,
    key,
    contextKey: key.toLowerCase(),
    expected,
    quantifier,
    test: name === 'Null' ? 'presence' : 'comparison',
    negated: NEGATIONS.has(name),
    ifExists: ifExists !== undefined,
    compare,
    variables: withVariables && compare.variables && expected.some(hasVariable),
  };
}

/** True if a request meets the condition (AWS: "Conditions with multiple context keys or values"). */
export function isMet(it: Condition, context: ContextValues): Truth {
  const actual = context.get(it.contextKey);
  if (it.test === 'presence') return isPresent(it, actual);
  if (typeof actual === 'string') return UNKNOWN;
  if (actual === undefined || actual.length === 0) return isMetByNothing(it);
  if (it.quantifier === 'ForAllValues') {
    // An empty value is none (AWS: "Set operators for multivalued context keys").
    return not(some(actual, (value) => (value === '' ? false : not(meets(it, value, context)))));
  }
  return it.negated && it.quantifier === undefined
    ? not(some(actual, (value) => not(meets(it, value, context))))
    : some(actual, (value) => meets(it, value, context));
}

/** True if an absent key meets the condition. IfExists changes nothing for ForAnyValue, which asks for a value. */
function isMetByNothing({ quantifier, negated, ifExists }: Condition): boolean {
  if (quantifier === undefined) return negated || ifExists;
  return quantifier === 'ForAllValues';
}

function isPresent({ expected }: Condition, actual: ContextValue): Truth {
  if (actual === 'undocumented' || expected.some(isUnresolved)) return UNKNOWN;
  const absent = actual === undefined || actual.length === 0;
  return expected.some((wanted) => (wanted.toLowerCase() === 'true') === absent);
}

function meets(it: Condition, actual: string, context: ContextValues): Truth {
  const matched = some(it.expected, (value) => {
    if (isUnresolved(value)) return UNKNOWN;
    const expected = it.variables ? expandVariables(value, context) : value;
    if (expected === UNKNOWN) return UNKNOWN;
    return expected !== undefined && it.compare.matches(expected, actual);
  });
  return it.negated ? not(matched) : matched;
}
