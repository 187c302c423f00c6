import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import type { Circumstances } from './circumstances.ts';
import type { Ledger } from './ledger.ts';
import { filePlace } from './placed-in-files.ts';
import { topStackPath } from './top-stack.ts';

/** Reports waivers that accept nothing or are due. Runs last: the plugins before it use the waivers. */
export const waiversPlugin = (ledger: Ledger, circumstances: Circumstances): IPolicyValidationPlugin => ({
  name: 'Waivers',
  ruleIds: ['WAIVER-1', 'WAIVER-2'],
  validate({ appConstruct }) {
    const violations = ledger
      .problems(circumstances)
      .map(({ rule, severity, message, file, place = `${file}:1:1`, fix }) => ({
        ruleName: rule,
        severity,
        description: message,
        fix,
        ruleMetadata: { [filePlace]: place },
        violatingResources: [{ constructPath: topStackPath(appConstruct), locations: [] }],
      }));
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  },
});
