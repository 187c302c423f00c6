import { groupedFindings } from './grouped-findings.ts';
import { type SourcePlace, sourcePlace } from './source-place.ts';
import { type ValidationReport, type Violation, pathsOf } from './validation-report.ts';

/** A finding at a place of the source. */
export interface Annotation extends Partial<SourcePlace> {
  readonly level: 'error' | 'warning' | 'notice';
  readonly rule: string;
  readonly message: string;
  /** Constructs that it is about. GitHub shows ten of a kind per step, so one finding may be in many places. */
  readonly paths: readonly string[];
}

/**
 * The findings of a report, each at the line of the source that made its construct.
 * @param root directory of the repository, which the stack traces begin with
 */
export function annotationsOf(report: ValidationReport, root: string): readonly Annotation[] {
  const { pluginReports } = groupedFindings(report, { root, names: [], accountOf: () => undefined });
  return pluginReports.flatMap(({ pluginName, metadata, violations }) => [
    ...(metadata?.['error'] === undefined
      ? []
      : [{ level: 'error' as const, rule: pluginName, message: metadata['error'], paths: [] }]),
    ...violations.map((violation) => annotationOf(violation, root)),
  ]);
}

function annotationOf(violation: Violation, root: string): Annotation {
  const { ruleName, description, severity, suggestedFix, violatingConstructs } = violation;
  const traces = violatingConstructs.flatMap(({ stackTraces = [] }) => stackTraces);
  return {
    level: levelOf(severity),
    rule: ruleName,
    message: suggestedFix === undefined ? description : `${description}\n${suggestedFix}`,
    paths: pathsOf(violation),
    ...sourcePlace(traces, root),
  };
}

const levelOf = (severity: string): Annotation['level'] => {
  if (severity === 'warning') return 'warning';
  return severity === 'info' ? 'notice' : 'error';
};

/** A workflow command of GitHub Actions, which shows the finding on the diff ("Workflow commands for GitHub Actions"). */
export function workflowCommand({ level, rule, message, paths, file, line, column }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title: rule })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${properties.join(',')}::${escapeData([message, ...paths].join('\n'))}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
