import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf } from '@crosswind/aws/problem';
import { type Annotation, annotationsOf } from '../../policies/annotations.ts';
import type { Judge } from '../../policies/summary-table.ts';
import { parseValidationReport } from '../../policies/validation-report.ts';
import { WrongInput } from '../failure.ts';

/** Findings of a file, and who found them. */
export interface FileFindings {
  readonly judges: readonly Judge[];
  readonly annotations: readonly Annotation[];
}

/** The part of `crosswind check --json` that is shown on a diff. */
const checkReport = z.looseObject({
  version: z.literal(1),
  findings: z.array(
    z.looseObject({
      id: z.string(),
      severity: z.enum(['error', 'warning']),
      message: z.string(),
      fix: z.string(),
      place: z.looseObject({ file: z.string(), line: z.number(), column: z.number() }).optional(),
      paths: z.array(z.string()),
    }),
  ),
  waived: z.array(z.unknown()),
});

/**
 * Reads the output of `crosswind check --json`, or the validation report of `cdk synth`.
 * @param root directory of the repository, which the stack traces of a validation report begin with
 */
export async function findingsIn(file: string, root: string): Promise<FileFindings> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongInput(
      `there is no file ${file}: cdk synth writes a validation report when it gets as far as a template, \`npx crosswind check --json > check.json\` the other`,
    );
  });
  try {
    return isCheckReport(text) ? ofCheck(text) : ofValidationReport(text, root);
  } catch (error) {
    const reason = messageOf(error).replaceAll(/\s+/g, ' ');
    throw new WrongInput(
      `${file}: expected a validation report that cdk synth wrote, or the output of crosswind check --json, got another text: ${reason}`,
    );
  }
}

function isCheckReport(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && 'findings' in value;
}

function ofCheck(text: string): FileFindings {
  const { findings, waived } = checkReport.parse(JSON.parse(text));
  const failed = findings.some(({ severity }) => severity === 'error');
  return {
    judges: [
      {
        name: 'crosswind check',
        conclusion: failed ? 'failure' : 'success',
        found: findings.length,
        waived: waived.length,
      },
    ],
    annotations: findings.map(({ id, severity, message, fix, place, paths }) => ({
      level: severity,
      rule: id,
      message: `${message}\n${fix}`,
      paths,
      ...(place && { file: place.file, line: place.line, column: place.column }),
    })),
  };
}

function ofValidationReport(text: string, root: string): FileFindings {
  const report = parseValidationReport(text);
  return {
    judges: report.pluginReports.map(({ pluginName, conclusion, violations, suppressedViolations = [] }) => ({
      name: pluginName,
      conclusion,
      found: violations.length,
      waived: suppressedViolations.length,
    })),
    annotations: annotationsOf(report, root),
  };
}

/** The annotations of several files. What one says of a rule and a line, or of a rule and a construct, a later one says again. */
export const distinct = (files: readonly FileFindings[]): readonly Annotation[] =>
  files.reduce<readonly Annotation[]>((before, { annotations }) => {
    const said = new Set(before.map(subjectOf));
    return [...before, ...annotations.filter((annotation) => !said.has(subjectOf(annotation)))];
  }, []);

const subjectOf = ({ rule, file, line, paths: [path] }: Annotation): string =>
  JSON.stringify(file === undefined ? [rule, path] : [rule, file, line]);
