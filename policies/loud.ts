import { messageOf } from '@crosswind/aws/problem';
import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { topStackPath } from './top-stack.ts';

/** The plugin, with its own failure as a finding: the command line of the CDK (2.1148.1) passes over plugins that throw. */
export const loud = (plugin: IPolicyValidationPlugin): IPolicyValidationPlugin => ({
  ...plugin,
  validate(context) {
    try {
      return plugin.validate(context);
    } catch (error) {
      const violation = {
        ruleName: 'POLICY-1',
        severity: 'fatal',
        description: `${plugin.name} could not judge the platform: ${messageOf(error)}`,
        fix: 'Fix what the message names. What cannot be judged is not deployed.',
        violatingResources: [{ constructPath: topStackPath(context.appConstruct), locations: [] }],
      };
      return { success: false, violations: [violation] };
    }
  },
});
