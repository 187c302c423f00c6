import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { Waiver } from './waivers.ts';

/**
 * Acknowledges each finding of cdk-nag that a waiver accepts, on the very resource that it is about, so that the
 * validation report lists it as suppressed with reason and owner. Returns the waivers that accepted nothing.
 *
 * The CDK's own acknowledgements know exact ids only, which hold logical ids; hence this search before synth.
 */
export function acknowledgeWaived(root: IConstruct, waivers: readonly Waiver[]): readonly Waiver[] {
  const pack = new AwsSolutionsChecks();
  const unused = new Set(waivers);
  for (const { ruleName, violatingResources } of pack.validateScope(root).violations) {
    for (const { constructPath = '' } of violatingResources) {
      const waiver = waivers.find(({ rule, path }) => matches(rule, ruleName) && matches(path, constructPath));
      if (!waiver) continue;
      unused.delete(waiver);
      // The long form leaves a trace in the report; the bare id would suppress without one.
      Validations.of(constructAt(root, constructPath)).acknowledge({
        id: `${pack.name}::${ruleName}`,
        reason: `${waiver.reason} (${waiver.owner})`,
      });
    }
  }
  return [...unused];
}

function constructAt(root: IConstruct, path: string): IConstruct {
  return path.split('/').reduce((scope, id) => scope.node.findChild(id), root);
}

/** Whether `text` has the form of `pattern`, in which `*` stands for any text and `\*` for an asterisk. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll('\\*', '*').replace(/[\\^$.*|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
