import type { Comparison } from '../../definition/definition.ts';
import type { Json } from '@crosswind/aws/json';
import { PathFailed } from '../query.ts';
import type { Bindings } from '../query.ts';
import { comparisons, matchesPattern, typeTests } from './operators.ts';
import { parsePath } from './path.ts';
import { resolve } from './resolve.ts';

/**
 * True if a rule of a Choice matches. Evaluation stops as soon as the result is known.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function isMet(rule: object, bindings: Bindings): boolean {
  const comparison = rule as Comparison;
  if ('And' in comparison) return (comparison.And as readonly Comparison[]).every((each) => isMet(each, bindings));
  if ('Or' in comparison) return (comparison.Or as readonly Comparison[]).some((each) => isMet(each, bindings));
  if ('Not' in comparison) return !isMet(comparison.Not as Comparison, bindings);
  return isTrueOf(comparison.Variable, comparison, bindings);
}

function isTrueOf(variable: string, rule: Readonly<Record<string, Json>>, bindings: Bindings): boolean {
  const { root } = parsePath(variable);
  // As recorded: nothing can be asked of an input that is null, not even whether it is.
  if ('states' in root && root.states === 'input' && bindings.states['input'] === null) throw invalidValue(variable);
  if ('IsPresent' in rule) return resolve(variable, bindings).found === rule['IsPresent'];
  const value = valueAt(variable, bindings);
  for (const [operator, against] of Object.entries(rule)) {
    const isType = typeTests.get(operator);
    if (isType) return isType(value) === against;
    if (operator === 'StringMatches') return typeof against === 'string' && matchesPattern(value, against);
    const literal = comparisons.get(operator);
    if (literal) return literal.test(value, against);
    const byPath = operator.endsWith('Path') ? comparisons.get(operator.slice(0, -'Path'.length)) : undefined;
    if (byPath && typeof against === 'string') return byPath.test(value, valueAt(against, bindings));
  }
  return false;
}

function valueAt(path: string, bindings: Bindings): Json {
  const resolved = resolve(path, bindings);
  if (resolved.found) return resolved.value;
  throw invalidValue(path);
}

const invalidValue = (path: string): PathFailed =>
  new PathFailed(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
