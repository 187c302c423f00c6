import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { platformFile } from '../../config/platform-file.ts';
import { endedProcess } from '../ended-process.ts';
import type { CheckFinding, CheckReport } from './check-report.ts';

/** Findings of the base's rules that those of the change do not report. */
export interface BaseVerdict {
  readonly findings: readonly CheckFinding[];
  readonly notes: readonly string[];
}

export interface BaseJudgeProps {
  /** Git ref as it was given. */
  readonly base: string;
  /** Its checkout, with its own packages. */
  readonly clone: Clone;
  /** Cloud assembly of the change. */
  readonly directory: string;
  /**
   * Cloud assembly that the base deploys.
   *
   * @default - nobody knows what data there is
   */
  readonly before?: string;
  /** Directory of the clone of the change. */
  readonly sourceRoot: string;
  /** Verdict of the change's own rules. */
  readonly head: CheckReport;
  readonly signal: AbortSignal;
}

/** Judges the assembly of a change by the rules and waivers of its base, in a process that runs the base's code. */
export async function baseVerdict(props: BaseJudgeProps): Promise<BaseVerdict> {
  const { base, clone, directory, before, sourceRoot, head, signal } = props;
  if (!existsSync(join(clone.root, 'cli/commands/check.ts'))) {
    return { findings: [], notes: [`${base} has no \`crosswind check\` yet, so its rules were not asked`] };
  }
  const knowsData = existsSync(join(clone.root, 'cli/check/data-findings.ts'));
  const data = before !== undefined && knowsData ? ['--before', before] : [];
  const args = ['check', '--json', '--assembly', directory, '--file', join(directory, platformFile)];
  const { code, stdout, output } = await endedProcess(
    process.execPath,
    [join(clone.root, 'cli/crosswind.mjs'), ...args, '--source', sourceRoot, ...data],
    { directory: clone.root, signal },
  );
  signal.throwIfAborted();
  const report = reportIn(stdout);
  if (report && (code === 0 || code === 1)) return { findings: onlyOfBase(report, head, base), notes: [] };
  return { findings: [failed(base, output)], notes: [] };
}

/** Ids of findings about the files of the clone that judges, which the change may alter. */
const ofClone = new Set(['WAIVER-1', 'WAIVER-2', 'POLICY-3']);

/** Findings that the base reports and the change does not: those that it accepts are warnings. */
export function onlyOfBase(base: CheckReport, head: CheckReport, ref: string): readonly CheckFinding[] {
  const places = (findings: readonly CheckFinding[]): ReadonlySet<string> =>
    new Set(findings.flatMap(({ id, paths }) => (paths.length > 0 ? paths.map((path) => `${id} ${path}`) : [id])));
  const errors = head.findings.filter(({ severity }) => severity === 'error');
  const reported = { error: places(errors), warning: places(head.findings) };
  const waived = places(head.waived);
  return base.findings
    .filter(({ id }) => !ofClone.has(id))
    .flatMap((finding) => {
      const { id, severity, message, fix, paths } = finding;
      const keyed = paths.length > 0 ? paths : [undefined];
      const keyOf = (path: string | undefined): string => (path === undefined ? id : `${id} ${path}`);
      const missing = keyed.filter((path) => !reported[severity].has(keyOf(path)));
      if (missing.length === 0) return [];
      const isAccepted = missing.every((path) => waived.has(keyOf(path)));
      const of = {
        ...finding,
        by: 'base' as const,
        count: missing.length,
        paths: missing.flatMap((path) => path ?? []),
      };
      if (isAccepted) {
        return [
          {
            ...of,
            severity: 'warning' as const,
            message: `${message} (a waiver that this change adds accepts it; ${ref} does not)`,
            fix: `Let the owner of the waiver approve it. Without it: ${fix}`,
          },
        ];
      }
      return [
        {
          ...of,
          severity,
          message: `${message} (a rule of ${ref} reports this ${severity}, and the rules of this change do not)`,
          fix: `${fix} Or merge the change of the rule first, alone, with the approval of its owners.`,
        },
      ];
    });
}

const failed = (base: string, output: string): CheckFinding => ({
  id: 'POLICY-1',
  severity: 'error',
  message: `The rules of ${base} could not judge this change: ${reasonIn(output)}`,
  fix: `Merge what its rules must know first, alone, or run \`npx crosswind check --base\` with a commit that has it.`,
  paths: [],
  accounts: [],
  count: 1,
  by: 'base',
});

/** The line of an output that names an error, or its last line. */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 500) || 'it printed nothing';
}

function reportIn(text: string): CheckReport | undefined {
  try {
    const report = JSON.parse(text) as Partial<CheckReport>;
    return report.version === 1 && Array.isArray(report.findings) ? (report as CheckReport) : undefined;
  } catch {
    return undefined;
  }
}
