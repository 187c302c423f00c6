import { countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckFinding, CheckReport } from './check-report.ts';

/** Construct paths that are printed of one finding; the JSON has all. */
const shownPaths = 3;

/** The report as lines: every finding with its place and fix, then the counts. */
export function checkLines({ findings, waived, notes }: CheckReport, colors: Terminal['colors']): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = `${countOf(errors, 'error')}, ${countOf(findings.length - errors, 'warning')}, ${countOf(waived.length, 'accepted finding')}`;
  return [
    ...findings.flatMap((finding) => findingLines(finding, colors)),
    ...notes.map((note) => colors.dim(`note: ${note}`)),
    errors > 0 ? colors.red(counts) : colors.green(counts),
  ];
}

function findingLines(finding: CheckFinding, colors: Terminal['colors']): readonly string[] {
  const { id, severity, message, fix, place, paths, accounts, count: times } = finding;
  const mark = severity === 'error' ? colors.red(`ERROR ${id}`) : colors.yellow(`WARNING ${id}`);
  const where = place ? `${place.file}:${place.line}:${place.column} ` : '';
  const often = times > 1 ? ` (${times} times${accounts.length > 0 ? `, in ${listed(accounts)}` : ''})` : '';
  const more = paths.length > shownPaths ? [`and ${paths.length - shownPaths} more`] : [];
  return [
    `${where}${mark} ${message}${often}`,
    ...[...paths.slice(0, shownPaths), ...more].map((path) => `   ${path}`),
    `   fix: ${fix}`,
  ];
}

const listed = (accounts: readonly string[]): string =>
  `${accounts.length === 1 ? 'account' : 'accounts'} ${accounts.join(', ')}`;
