import { z } from 'zod';

/**
 * The part of a validation report (cdk.out/validation-report.json) that is read here. The CDK calls any severity that
 * it does not know `custom`.
 */
const validationReport = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      conclusion: z.string(),
      metadata: z.record(z.string(), z.string()).optional(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          severity: z.string(),
          suggestedFix: z.string().optional(),
          ruleMetadata: z.record(z.string(), z.string()).optional(),
          violatingConstructs: z.array(
            z.object({ constructPath: z.string(), stackTraces: z.array(z.string()).optional() }),
          ),
        }),
      ),
      suppressedViolations: z.array(z.unknown()).optional(),
    }),
  ),
});

export type ValidationReport = z.output<typeof validationReport>;

/** The report in `text`; throws where it is none. */
export const parseValidationReport = (text: string): ValidationReport => validationReport.parse(JSON.parse(text));
