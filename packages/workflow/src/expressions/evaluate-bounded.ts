import type { Aside } from './aside.ts';
import { type Evaluated, type Evaluation, compile, evaluateWithin } from './evaluate-within.ts';
import { evaluateInProcess } from './evaluation-processes.ts';
import { shortLimits } from './evaluation-limits.ts';
import { riskyNames } from './jsonata-limits.ts';

/** Evaluates an expression in this thread if that is quick, else aside, in a process that ends with its time. */
export async function evaluateBounded(evaluation: Evaluation, aside: Aside): Promise<Evaluated> {
  const inProcess = (): Promise<Evaluated> => evaluateInProcess(evaluation);
  if (!isPlain(evaluation.expression)) return aside(inProcess, true);
  const evaluated = await evaluateWithin(shortLimits, evaluation);
  return evaluated.kind === 'exceeded' ? aside(inProcess, evaluated.limit === 'memory') : evaluated;
}

const plain = new Map<string, boolean>();

/**
 * True for an expression whose values grow with its length alone. Others may make a small value large within a few steps,
 * by calling themselves or by using a value twice each time, and one operator over it takes minutes.
 */
function isPlain(expression: string): boolean {
  const known = plain.get(expression) ?? isPlainNode(compile(expression).ast());
  plain.set(expression, known);
  return known;
}

const isPlainNode = (root: unknown): boolean => {
  const nodes = nodesIn(root);
  return !nodes.some(isRisky) && nodes.flatMap(computedSteps).length <= 1;
};

interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
}

function nodesIn(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null || isNowAlone(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesIn)];
}

/** `$now()` is cheap; with a picture, or passed to another function, it is not. */
const isNowAlone = ({ type, procedure, arguments: given }: Node): boolean =>
  type === 'function' && procedure?.value === 'now' && given?.length === 0;

/** They call themselves, name a value, or search. */
const riskyTypes = ['lambda', 'bind', 'partial', 'transform', 'regex'];
const riskyFunctions = ['now', ...riskyNames];

const isRisky = ({ type, value }: Node): boolean =>
  riskyTypes.includes(String(type)) || (type === 'variable' && riskyFunctions.includes(String(value)));

/** Steps of a path that make a value of what came before, instead of selecting in it. */
const computedSteps = ({ type, steps = [] }: Node): readonly Node[] =>
  type === 'path'
    ? steps.slice(1).filter((step) => !['name', 'wildcard', 'descendant', 'parent'].includes(String(step.type)))
    : [];
