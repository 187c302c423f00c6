import { assemblyAt } from '../platform/deployed-in.ts';
import { cdkReport } from './cdk-report.ts';
import type { CheckReport, Found } from './check-report.ts';
import { grouped, groupedAccepted } from './grouped.ts';
import { verdictOf } from './judge.ts';
import type { JudgeInputs } from './judge-inputs.ts';
import { metadataIn } from './metadata.ts';
import { sourceLines } from './source-lines.ts';
import type { Judged } from './verdict.ts';

/**
 * Judges a cloud assembly from its files alone.
 * @param more findings about how it was made
 */
export const checkAssembly = (directory: string, inputs: JudgeInputs, more: readonly Found[] = []): CheckReport =>
  checkJudged({ directory, assembled: assemblyAt(directory) }, inputs, more);

/** Judges an assembly whose templates have been read. */
export function checkJudged(
  { directory, assembled }: Judged,
  inputs: JudgeInputs,
  more: readonly Found[] = [],
): CheckReport {
  const { found, accepted } = verdictOf({ directory, assembled }, inputs);
  const stacks = new Set(assembled.map(({ path }) => path));
  const surroundings = {
    assembled,
    platform: inputs.platform,
    placeOf: sourceLines(metadataIn(directory), stacks, inputs.sourceRoot),
    by: 'head' as const,
  };
  const report = cdkReport(directory);
  return {
    version: 1,
    findings: grouped([...more, ...report.found, ...found], surroundings),
    waived: groupedAccepted(accepted, surroundings),
    notes: report.notes,
  };
}
