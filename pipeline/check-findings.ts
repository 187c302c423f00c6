import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseValidationReport, pathsOf, type Violation, withPaths } from '../policies/validation-report.ts';

const checkReport = z.looseObject({
  findings: z.array(
    z.looseObject({
      id: z.string(),
      severity: z.string(),
      message: z.string(),
      fix: z.string(),
      place: z.looseObject({ file: z.string(), line: z.number(), column: z.number() }).optional(),
      paths: z.array(z.string()),
    }),
  ),
});

type CheckFinding = z.output<typeof checkReport>['findings'][number];

/**
 * Adds to the validation report of a synth what `crosswind check` finds in its templates and no plugin of the synth does,
 * for example calls that AWS would refuse. A language server shows the report.
 *
 * @param root directory of the repository
 * @param file the platform
 */
export function addCheckFindings(assembly: string, root: string, file: string): void {
  const report = join(assembly, 'validation-report.json');
  if (!existsSync(report)) return;
  const { pluginReports, ...rest } = parseValidationReport(readFileSync(report, 'utf8'));
  const said = new Set(
    pluginReports.flatMap(({ violations }) =>
      violations.flatMap((violation) => pathsOf(violation).map((path) => `${violation.ruleName} ${path}`)),
    ),
  );
  const violations = findingsOf(assembly, root, file)
    .filter(({ id, paths }) => paths.some((path) => !said.has(`${id} ${path}`)))
    .map((finding) => violationOf(finding, root));
  if (violations.length === 0) return;
  const check = { pluginName: 'crosswind check', conclusion: 'failure', violations };
  writeFileSync(report, JSON.stringify({ ...rest, pluginReports: [...pluginReports, check] }, undefined, 2));
}

/** A process of its own, as everywhere: the check loads no code of a workload. */
function findingsOf(assembly: string, root: string, file: string): readonly CheckFinding[] {
  const command = join(root, 'cli/crosswind.mjs');
  const args = [command, 'check', '--assembly', assembly, '--file', file, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const report = status === 0 || status === 1 ? checkReport.safeParse(JSON.parse(stdout)) : undefined;
  if (!report?.success) throw new Error(`crosswind check could not judge ${assembly}: ${stderr.trim()}`);
  return report.data.findings;
}

function violationOf({ id, severity, message, fix, place, paths }: CheckFinding, root: string): Violation {
  const stackTraces = place === undefined ? [] : [`file (${join(root, place.file)}:${place.line}:${place.column})`];
  const violation = {
    ruleName: id,
    description: message,
    severity,
    suggestedFix: fix,
    violatingConstructs: [{ constructPath: paths.length === 1 ? (paths[0] ?? '') : '', stackTraces }],
  };
  return paths.length > 1 ? withPaths(violation, paths) : violation;
}
