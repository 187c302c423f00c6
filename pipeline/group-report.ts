import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { Platform } from '../config/schema.ts';
import { groupedFindings } from '../policies/grouped-findings.ts';
import { placedInFiles } from '../policies/placed-in-files.ts';
import { parseValidationReport } from '../policies/validation-report.ts';

/**
 * Groups the findings in the report of a synthesized app, which the command line of the CDK prints.
 *
 * @param root directory of the repository
 */
export function groupReport(app: App, { accounts, waves }: Pick<Platform, 'accounts' | 'waves'>, root: string): void {
  const file = join(app.outdir, 'validation-report.json');
  if (!existsSync(file)) return;
  const stacks = app.node.findAll().filter((construct) => Stack.isStack(construct));
  const stages = app.node.findAll().filter((construct) => Stage.isStage(construct));
  // The innermost stack of a path comes first.
  const byDepth = stacks.map(({ node, account }) => ({ path: node.path, account })).reverse();
  const report = placedInFiles(parseValidationReport(readFileSync(file, 'utf8')), root);
  const grouped = groupedFindings(report, {
    root,
    names: [
      ...accounts.flatMap(({ id, name }) => [id, name]),
      ...waves.map(({ name }) => name),
      ...stages.map(({ node }) => node.id),
      ...stacks.flatMap(({ node, stackName, account, region }) =>
        [node.path, stackName, account, region].filter((name) => !Token.isUnresolved(name)),
      ),
    ],
    accountOf: (path) => byDepth.find((stack) => path === stack.path || path.startsWith(`${stack.path}/`))?.account,
  });
  writeFileSync(file, JSON.stringify(grouped, undefined, 2));
}
