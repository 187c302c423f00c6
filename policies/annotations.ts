import { relative } from 'node:path';
import type { ValidationReport } from './validation-report.ts';

/** A finding at a place of the source. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly rule: string;
  readonly message: string;
  /** Constructs that it is about: those that one line of the source creates several times stand together. */
  readonly paths: readonly string[];
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * The findings of a report, each at the line of the source that made its construct.
 * @param root directory of the repository, which the stack traces begin with
 */
export function annotationsOf({ pluginReports }: ValidationReport, root: string): readonly Annotation[] {
  const annotations = pluginReports.flatMap(({ pluginName, metadata, violations }) => [
    ...(metadata?.['error'] === undefined
      ? []
      : [{ level: 'error' as const, rule: pluginName, message: metadata['error'], paths: [] }]),
    ...violations.flatMap(({ ruleName, description, severity, suggestedFix, ruleMetadata, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath, stackTraces = [] }): Annotation => ({
        level: levelOf(severity),
        rule: ruleName,
        message: suggestedFix === undefined ? description : `${description}\n${suggestedFix}`,
        paths: [constructPath],
        ...(ruleMetadata?.['file'] === undefined
          ? placeIn(stackTraces, root)
          : { file: ruleMetadata['file'], line: 1 }),
      })),
    ),
  ]);
  return merged(annotations);
}

const levelOf = (severity: string): Annotation['level'] => {
  if (severity === 'warning') return 'warning';
  return severity === 'info' ? 'notice' : 'error';
};

/** The first frame of the traces that lies in the repository and in none of its packages. */
function placeIn(stackTraces: readonly string[], root: string): Pick<Annotation, 'file' | 'line' | 'column'> {
  const frames = stackTraces.flatMap((trace) => [...trace.matchAll(/\(?((?:file:\/\/)?\/[^():\n]+):(\d+):(\d+)\)?/g)]);
  for (const [, path = '', line, column] of frames) {
    const file = relative(root, path.replace(/^file:\/\//, ''));
    if (file.startsWith('..') || file.includes('node_modules')) continue;
    return { file, line: Number(line), column: Number(column) };
  }
  return {};
}

/** Findings that say the same of the same line become one, because GitHub shows ten of a kind per step. */
function merged(annotations: readonly Annotation[]): readonly Annotation[] {
  const byPlace = new Map<string, Annotation>();
  for (const annotation of annotations) {
    const { level, rule, message, file, line, column } = annotation;
    const key = JSON.stringify([level, rule, file === undefined ? annotation.paths : [file, line, column], message]);
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, paths: [...known.paths, ...annotation.paths] } : annotation);
  }
  return [...byPlace.values()];
}

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
