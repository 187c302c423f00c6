import { type IPolicyValidationPlugin, Stage } from 'aws-cdk-lib/core';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { artifactBytesOf } from './evidence/artifact-bytes.ts';
import { evidenceOf } from './evidence/evidence.ts';
import type { Evidence, Finding, Rule } from './rules/rule.ts';

/** Our rules as a plugin of synth. They look across stacks, so they read the assembly that synth has just written. */
export const rulesPlugin = (
  rules: readonly Rule[],
  {
    runbooks,
    organization,
    accountNames,
    kinds,
    allDeployed,
  }: Pick<Evidence, 'runbooks' | 'organization' | 'accountNames' | 'kinds' | 'allDeployed'>,
): IPolicyValidationPlugin => ({
  name: 'Crosswind',
  ruleIds: rules.map(({ id }) => id),
  validate({ appConstruct }) {
    if (!Stage.isStage(appConstruct)) throw new Error('expected to judge an app, got a part of one');
    const artifactBytes = artifactBytesOf(appConstruct.outdir);
    const given = { runbooks, organization, accountNames, kinds, allDeployed, artifactBytes };
    const evidence = evidenceOf(readAssembly(appConstruct.outdir), given);
    const violations = rules.flatMap((rule) =>
      distinct(rule.check(evidence)).map((finding) => violation(rule, finding)),
    );
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  },
});

/** The findings, each once: a stack that could be deployed in two ways has most of them twice. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

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
