import { type IPolicyValidationPlugin, Stage } from 'aws-cdk-lib/core';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolvePartly } from '@crosswind/assembly/resolve';
import type { Evidence, Finding, Rule } from './rules/rule.ts';

/** Our rules as a plugin of synth. They look across stacks, so they read the assembly that synth has just written. */
export const rulesPlugin = (
  rules: readonly Rule[],
  { runbooks }: Pick<Evidence, 'runbooks'>,
): IPolicyValidationPlugin => ({
  name: 'Crosswind',
  ruleIds: rules.map(({ id }) => id),
  validate({ appConstruct }) {
    if (!Stage.isStage(appConstruct)) throw new Error('expected to judge an app, got a part of one');
    const { stacks } = resolvePartly(readAssembly(appConstruct.outdir));
    const violations = rules.flatMap((rule) =>
      rule.check({ stacks, runbooks }).map((finding) => violation(rule, finding)),
    );
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  },
});

const violation = (rule: Rule, { path, logicalId, templateFile, property, message, fix }: Finding) => ({
  ruleName: rule.id,
  severity: rule.severity,
  description: `${rule.requires.replace(/\.$/, '')}: ${message}`,
  fix: fix ?? rule.fix,
  ruleMetadata: { because: rule.because },
  violatingResources: [
    { constructPath: path, resourceLogicalId: logicalId, templatePath: templateFile, locations: [property] },
  ],
});
