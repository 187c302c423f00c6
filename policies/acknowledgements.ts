import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Rules that only a waiver may accept: those of cdk-nag's pack and of the template. */
const judgedRule = /^(AwsSolutions-|[A-Z]{2,}-\d)/;

/**
 * Findings that code acknowledges, as problems. An acknowledgement hides findings of everything in its construct, and the
 * CDK has no rule that could find it, so this is a validation of constructs, which nothing can acknowledge.
 */
export const acknowledgements = ({ node }: IConstruct): string[] =>
  node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data as Readonly<Record<string, string>>))
      .map((id) => id.replace(/^[^:[]*::/, ''))
      .filter((rule) => judgedRule.test(rule))
      .map(
        (rule) =>
          `${construct.node.path} acknowledges ${rule} in code, expected a waiver: remove it, and write one into waivers.yaml of the workload or of policies/`,
      ),
  );
