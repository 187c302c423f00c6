import { isJudgedRule, ruleOf } from '../../policies/judged-rule.ts';
import type { Found } from './check-report.ts';
import type { Judged } from './verdict.ts';
import { metadataIn } from './metadata.ts';

/** Key of the metadata that `Validations.of(construct).acknowledge(…)` writes (aws-cdk-lib, `ACKNOWLEDGED_RULES_METADATA_KEY`). */
const acknowledgedRules = 'aws:cdk:acknowledged-rules';

/** Acknowledgements of findings in code, of constructs in stacks. Of the app and its stages only a synth knows them. */
export const acknowledgedIn = ({ directory }: Judged): readonly Found[] =>
  metadataIn(directory)
    .filter(({ type }) => type === acknowledgedRules)
    .flatMap(({ path, data }) =>
      Object.keys(data as object).flatMap((id): readonly Found[] =>
        isJudgedRule(id)
          ? [
              {
                id: 'WAIVER-3',
                severity: 'error',
                message: `Only a waiver accepts a finding: ${path} acknowledges ${ruleOf(id)} in code`,
                fix: 'Remove it, and write a waiver into waivers.yaml of the workload or of policies/.',
                path,
              },
            ]
          : [],
      ),
    );
