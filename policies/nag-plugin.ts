import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/** cdk-nag's AwsSolutions with what it leaves out: what to do about a finding. */
export function nagPlugin(): IPolicyValidationPlugin {
  const pack = new AwsSolutionsChecks();
  return {
    name: pack.name,
    version: pack.version,
    validate(context) {
      const { violations, ...report } = pack.validate(context);
      return { ...report, violations: violations.map((found) => ({ ...found, fix: fixOf(found.ruleName) })) };
    },
  };
}

function fixOf(rule: string): string {
  const [, kind, value = ''] = /\[(Action|Resource)::(.*)\]$/s.exec(rule) ?? [];
  return `${advice(kind, value)} Or accept it in the waivers.yaml of the workload or of policies/, with reason, owner and review.`;
}

function advice(kind: string | undefined, value: string): string {
  if (kind === 'Action') return `Name the actions that are needed instead of ${value}.`;
  if (kind === 'Resource') return `Name the resources that are needed instead of ${value}.`;
  return 'See https://github.com/cdklabs/cdk-nag/blob/main/RULES.md.';
}
