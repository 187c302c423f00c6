import { z } from 'zod';

/**
 * The part of a validation report (cdk.out/validation-report.json) that is read here; the rest is kept. The CDK calls any
 * severity that it does not know `custom`.
 */
const validationReport = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      pluginName: z.string(),
      conclusion: z.string(),
      metadata: z.record(z.string(), z.string()).optional(),
      violations: z.array(
        z.looseObject({
          ruleName: z.string(),
          description: z.string(),
          severity: z.string(),
          suggestedFix: z.string().optional(),
          ruleMetadata: z.record(z.string(), z.string()).optional(),
          violatingConstructs: z.array(
            z.looseObject({
              constructPath: z.string(),
              constructFqn: z.string().optional(),
              stackTraces: z.array(z.string()).optional(),
            }),
          ),
        }),
      ),
      suppressedViolations: z.array(z.unknown()).optional(),
    }),
  ),
});

export type ValidationReport = z.output<typeof validationReport>;
export type Violation = ValidationReport['pluginReports'][number]['violations'][number];

/** The report in `text`; throws where it is none. */
export const parseValidationReport = (text: string): ValidationReport => validationReport.parse(JSON.parse(text));

/** Key of `ruleMetadata` with the construct paths of a finding that is in several places, one per line. */
const places = 'places';

/** Construct paths of a finding. */
export const pathsOf = ({ ruleMetadata, violatingConstructs }: Violation): readonly string[] =>
  ruleMetadata?.[places]?.split('\n') ?? violatingConstructs.map(({ constructPath }) => constructPath);

/** One finding for several of the same, with their construct paths. */
export const withPaths = (violation: Violation, paths: readonly string[]): Violation => ({
  ...violation,
  ruleMetadata: { ...violation.ruleMetadata, [places]: paths.join('\n') },
});
