import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** One import of a file: of another file of the repository, or of a package. */
export interface Import {
  readonly from: string;
  /** Path from the root, or the specifier of a package such as `aws-cdk-lib/core`. */
  readonly to: string;
  readonly isFile: boolean;
  /** True if it is erased before the file is loaded. */
  readonly isType: boolean;
}

/** Places where a file loads a module whose name is computed, as `file:line text`: no arrow can be checked for it. */
export function computedImports({ path, text }: SourceFile): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const [specifier] = ts.isCallExpression(node) && loadsModule(node.expression) ? node.arguments : [];
    if (specifier && !ts.isStringLiteralLike(specifier)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${path}:${line + 1} ${node.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** True for `import` and `require`, however the latter was made. */
const loadsModule = (callee: ts.Node): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

/** Imports, re-exports and dynamic imports of the files, types included. */
export function importsOf(files: readonly SourceFile[]): readonly Import[] {
  return files.flatMap(({ path, text }) =>
    specifiersOf(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)).map(({ specifier, isType }) => {
      const isFile = specifier.startsWith('.');
      return { from: path, to: isFile ? posix.join(posix.dirname(path), specifier) : specifier, isFile, isType };
    }),
  );
}

interface Specifier {
  readonly specifier: string;
  readonly isType: boolean;
}

function specifiersOf(node: ts.Node): readonly Specifier[] {
  const inside: Specifier[] = [];
  ts.forEachChild(node, (child) => {
    inside.push(...specifiersOf(child));
  });
  const [module, isType] = moduleOf(node);
  return module && ts.isStringLiteralLike(module) ? [{ specifier: module.text, isType }, ...inside] : inside;
}

function moduleOf(node: ts.Node): readonly [module: ts.Node | undefined, isType: boolean] {
  if (ts.isImportDeclaration(node)) {
    return [node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword];
  }
  if (ts.isExportDeclaration(node)) return [node.moduleSpecifier, node.isTypeOnly];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return [node.argument.literal, true];
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return [isCall ? node.arguments[0] : undefined, false];
}

/** Each way to come back to a file by following its imports, named by its files in order. */
export function cycles(imports: readonly Import[]): readonly string[] {
  const next = targetsOf(imports);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.push([...way.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

/** Everything that is loaded with `start`: files and packages, however many imports away. */
export function reachable(imports: readonly Import[], start: readonly string[]): ReadonlySet<string> {
  const next = targetsOf(imports);
  const reached = new Set<string>();
  const waiting = [...start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const target of next.get(file) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      waiting.push(target);
    }
  }
  return reached;
}

function targetsOf(imports: readonly Import[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  return targets;
}
