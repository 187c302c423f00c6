import { join } from 'node:path';
import type { ValidationReport } from './validation-report.ts';

/** Key of `ruleMetadata` with the place of a finding that is about a file: `policies/waivers.yaml:12:5` from the root. */
export const filePlace = 'place';

/**
 * The report whose findings about a file have the place in that file as their stack trace, and not that of the construct
 * that the CDK asks for. So the command line of the CDK prints it, and an editor marks it.
 *
 * @param root directory of the repository
 */
export const placedInFiles = (report: ValidationReport, root: string): ValidationReport => ({
  ...report,
  pluginReports: report.pluginReports.map((plugin) => ({
    ...plugin,
    violations: plugin.violations.map((violation) => {
      const place = violation.ruleMetadata?.[filePlace];
      if (place === undefined) return violation;
      const stackTraces = [`file (${join(root, place)})`];
      return {
        ...violation,
        violatingConstructs: violation.violatingConstructs.map((construct) => ({ ...construct, stackTraces })),
      };
    }),
  })),
});
