import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** Context of the sandbox's own synthesis, which is tried again and again and never deployed. */
const quick = 'quick';

/** Flag that makes what CloudFormation's validation finds an error instead of a warning. */
const strictValidation = '@aws-cdk/core:validateAgainstDefaultRules';

const anySource = 'cdk.json, cdk.context.json, ~/.cdk.json and the options of the command';

/** True if the policies judge the app. */
export const isJudged = ({ node }: App): boolean => node.tryGetContext(quick) !== true;

/**
 * Problems of settings that keep policies from judging what is deployed, wherever they are set. The command line of the
 * CDK names its version to the app; the sandbox runs the app without it.
 */
export function judgingProblems(app: App, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (env['CDK_CLI_VERSION'] === undefined && !isJudged(app)) return [];
  const [isQuick, isStrict] = [quick, strictValidation].map((key) => app.node.tryGetContext(key) as unknown);
  const ignored = env['CDK_IGNORE_ERRORS'];
  return [
    ...(isQuick === undefined
      ? []
      : [
          `context "${quick}" switches the policies off, which only the sandbox does for itself: expected none, got ` +
            `${JSON.stringify(isQuick)}; remove it from ${anySource}`,
        ]),
    ...(isStrict === true
      ? []
      : [
          `context "${strictValidation}" makes findings of CloudFormation's validation errors: expected true, got ` +
            `${isStrict === undefined ? 'none' : JSON.stringify(isStrict)}; set it in cdk.json, and remove it from the options of the command`,
        ]),
    ...(ignored === undefined || ignored === 'false'
      ? []
      : [`CDK_IGNORE_ERRORS lets cdk pass with findings: expected none, got ${JSON.stringify(ignored)}; unset it`]),
  ];
}

/**
 * Leaves a finding in an assembly that no policy judged. The command line of the CDK then deploys none of its stacks: a
 * finding without a path counts for all.
 */
export function markUnjudged({ directory, version }: Pick<CloudAssembly, 'directory' | 'version'>): void {
  const violation = {
    ruleName: 'POLICY-2',
    severity: 'fatal',
    description: 'no policy judged this assembly: it was synthesized for the sandbox alone',
    suggestedFix: 'Run `cdk synth`, and deploy what that writes.',
    violatingConstructs: [{ constructPath: '' }],
  };
  const pluginReports = [{ pluginName: 'Crosswind', conclusion: 'failure', violations: [violation] }];
  writeFileSync(join(directory, 'validation-report.json'), JSON.stringify({ version, pluginReports }));
}
