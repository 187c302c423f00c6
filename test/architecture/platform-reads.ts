import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** Every place where a file names the `platform.yaml` of the clone as something to read, as `file:line text`. */
export function platformReads({ path, text }: SourceFile): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isRead(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${path}:${line + 1} ${node.parent.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isRead(node: ts.Node): boolean {
  if (ts.isTemplateTail(node)) return node.text.endsWith('/platform.yaml');
  if (!ts.isStringLiteralLike(node) || !/^(\.{1,2}\/)*platform\.yaml$/.test(node.text)) return false;
  return ts.isCallExpression(node.parent) && !isHarmless(node.parent);
}

/** True if a call only words a problem, or names a file in a directory of the test's own. */
function isHarmless({ expression, arguments: [first] }: ts.CallExpression): boolean {
  const callee = expression.getText();
  return (
    callee === 'formatProblem' ||
    (callee === 'join' && /^(directory|temporaryDirectory\(\))$/.test(first?.getText() ?? ''))
  );
}
