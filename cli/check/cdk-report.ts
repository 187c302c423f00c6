import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import { parseValidationReport } from '../../policies/validation-report.ts';
import type { Found } from './check-report.ts';

/** Report of the CDK, next to the templates. */
const file = 'validation-report.json';

/** Notes about the CDK's report of a synth. It comes out of the process that is judged, so it makes no check green. */
export function cdkReport(directory: string): { readonly notes: readonly string[]; readonly found: readonly Found[] } {
  if (!existsSync(join(directory, file))) {
    return { notes: [`the assembly has no ${file}: the CDK's validation and cdk-nag say nothing of it`], found: [] };
  }
  try {
    const { pluginReports } = parseValidationReport(readFileSync(join(directory, file), 'utf8'));
    const violations = pluginReports.flatMap((each) => each.violations);
    const errors = violations.filter(({ severity }) => severity !== 'warning' && severity !== 'info').length;
    const waived = pluginReports.reduce((sum, each) => sum + (each.suppressedViolations ?? []).length, 0);
    const isUnjudged = violations.some(({ ruleName }) => ruleName === 'POLICY-2');
    return {
      notes: [
        `the CDK's report (${file}) has ${errors} errors, ${violations.length - errors} warnings and ${waived} accepted findings; \`npm run synth\` prints them`,
      ],
      found: isUnjudged ? [unjudged] : [],
    };
  } catch (error) {
    return { notes: [`the CDK's report (${file}) cannot be read: ${messageOf(error)}`], found: [] };
  }
}

const unjudged: Found = {
  id: 'POLICY-2',
  severity: 'error',
  message: 'no policy judged this assembly: it was synthesized for the sandbox alone, and has not all functions',
  fix: 'Run `cdk synth`, and deploy what that writes.',
  path: undefined,
};
