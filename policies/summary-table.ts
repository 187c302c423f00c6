import type { Annotation } from './annotations.ts';
import type { ValidationReport } from './validation-report.ts';

/** A table in Markdown: what each plugin found, and then every finding. */
export function summaryTable({ pluginReports }: ValidationReport, annotations: readonly Annotation[]): string {
  if (pluginReports.length === 0) return '### Policies\n\nNothing was found, and nothing is waived.\n';
  const counts = pluginReports.map(
    ({ pluginName, conclusion, violations, suppressedViolations = [] }) =>
      `| ${pluginName} | ${conclusion} | ${violations.length} | ${suppressedViolations.length} |`,
  );
  const findings = annotations.map(
    ({ level, rule, message, paths, file, line }) =>
      `| ${level} | ${cell(rule)} | ${file === undefined ? '' : `${file}:${line ?? 1}`} | ${cell(message)} | ${cell(paths.join('\n'))} |`,
  );
  return [
    '### Policies',
    '',
    '| plugin | conclusion | found | waived |',
    '| --- | --- | --- | --- |',
    ...counts,
    ...(findings.length === 0
      ? []
      : [
          '',
          '| level | rule | where | what, and what to do | constructs |',
          '| --- | --- | --- | --- | --- |',
          ...findings,
        ]),
    '',
  ].join('\n');
}

const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>');
