import { type Evaluated, type Evaluation, compile, evaluateWithin } from './evaluate-within.ts';
import { evaluateInProcess } from './evaluation-processes.ts';
import { shortLimits } from './evaluation-limits.ts';

/** Evaluates an expression in this thread if that is quick, else in a process that ends with its time. */
export async function evaluateBounded(evaluation: Evaluation): Promise<Evaluated> {
  if (searches(evaluation.expression)) return evaluateInProcess(evaluation);
  const evaluated = await evaluateWithin(shortLimits, evaluation);
  return evaluated.kind === 'exceeded' ? evaluateInProcess(evaluation) : evaluated;
}

const searching = new Map<string, boolean>();

/** True with a regular expression in it: a search is one step, and some take longer than anybody lives. */
function searches(expression: string): boolean {
  const known = searching.get(expression) ?? hasRegex(compile(expression).ast());
  searching.set(expression, known);
  return known;
}

const hasRegex = (node: unknown): boolean =>
  typeof node === 'object' && node !== null && (isRegex(node) || Object.values(node).some(hasRegex));

const isRegex = (node: object): boolean => 'type' in node && node.type === 'regex';
