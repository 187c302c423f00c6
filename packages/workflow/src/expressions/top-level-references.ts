import type { ExprNode } from 'jsonata';

/** A node of JSONata's syntax tree, with the fields that its types leave out. */
type Node = Omit<ExprNode, 'type' | 'lhs'> & {
  readonly type: string;
  readonly lhs?: ExprNode;
} & Readonly<Partial<Record<'body' | 'condition' | 'else' | 'expression' | 'then', ExprNode>>>;

/**
 * References of an expression that AWS refuses when the machine is made: a name or `$` at the top level, where there is
 * no context item, and `$$` anywhere. Only the first step of a path is at the top level. What follows, predicates, sort
 * terms and groups have the value before them as context; the body of a function has that of the whole expression.
 * Measured against AWS by https://github.com/floci-io/floci (JsonataTopLevelReferences).
 */
export function topLevelProblems(expression: ExprNode): readonly string[] {
  const names = new Set(namesIn(expression as Node));
  return [
    ...[...names].map((name) => `${CODE}: Reference to '${name}' at the top level is not supported. ${fix(name)}`),
    ...(hasRoot(expression) ? [`${CODE}: Reference to '$$' is not supported. ${fix('$')}`] : []),
  ];
}

const CODE = 'UNSUPPORTED_JSONATA_EXPRESSION';

const fix = (name: string): string =>
  name === '$' ? 'Write $states.input' : `Write $states.input.${name}, or for a variable $${name}`;

function namesIn(node: Node): readonly string[] {
  if (node.type === 'name') return [String(node.value)];
  if (node.type === 'variable') return node.value === '' ? ['$'] : [];
  return topLevelParts(node).flatMap((part) => namesIn(part as Node));
}

/** Parts of a node that are evaluated in the context of the node itself. */
function topLevelParts(node: Node): readonly ExprNode[] {
  switch (node.type) {
    case 'path':
      return node.steps?.slice(0, 1) ?? [];
    case 'unary':
      return node.value === '{' ? pairsOf(node) : there(node.expression, ...(node.expressions ?? []));
    case 'binary':
    case 'apply':
      return there(node.lhs, node.rhs);
    case 'bind':
      return there(node.rhs);
    case 'function':
    case 'partial':
      return there(node.procedure, ...(node.arguments ?? []));
    case 'lambda':
      return there(node.body);
    case 'condition':
      return there(node.condition, node.then, node.else);
    case 'block':
      return node.expressions ?? [];
    default:
      return [];
  }
}

/** Keys and values of an object. */
const pairsOf = ({ lhs }: Node): readonly ExprNode[] => (lhs as unknown as readonly ExprNode[][]).flat();

const there = (...parts: readonly (ExprNode | undefined)[]): readonly ExprNode[] =>
  parts.filter((part) => part !== undefined);

const hasRoot = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  (('type' in node && node.type === 'variable' && 'value' in node && node.value === '$') ||
    Object.values(node).some(hasRoot));
