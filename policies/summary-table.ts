import type { Annotation } from './annotations.ts';

/** A plugin of synth, or a command, and how many findings it had. */
export interface Judge {
  readonly name: string;
  readonly conclusion: string;
  readonly found: number;
  readonly waived: number;
}

/** A table in Markdown: how much each judge found, and then every finding. */
export function summaryTable(judges: readonly Judge[], annotations: readonly Annotation[]): string {
  if (judges.length === 0) return '### Policies\n\nNothing was found, and nothing is waived.\n';
  const counts = judges.map(
    ({ name, conclusion, found, waived }) => `| ${name} | ${conclusion} | ${found} | ${waived} |`,
  );
  const findings = annotations.map(
    ({ level, rule, message, paths, file, line }) =>
      `| ${level} | ${cell(rule)} | ${file === undefined ? '' : `${file}:${line ?? 1}`} | ${cell(message)} | ${cell(paths.join('\n'))} |`,
  );
  return [
    '### Policies',
    '',
    '| judge | conclusion | found | waived |',
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
