import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** Every place where a file prints or ends the process, as `file:line text`. */
export function outputs({ path, text }: SourceFile): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isOutput(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${path}:${line + 1} ${node.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isOutput(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return /^.(node:)?(process|console).$/.test(node.moduleSpecifier.getText());
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  const [object, property] = [node.expression.text, node.name.text];
  return (
    object === 'console' || (object === 'process' && /^(exit|exitCode|stdout|stderr|abort|reallyExit)$/.test(property))
  );
}
