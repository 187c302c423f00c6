import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { acknowledgementsPlugin } from './acknowledgements-plugin.ts';
import type { Circumstances } from './circumstances.ts';
import { Ledger } from './ledger.ts';
import { loud } from './loud.ts';
import { nagPlugin } from './nag-plugin.ts';
import { rulesPlugin } from './rules-plugin.ts';
import { rules } from './rules/index.ts';
import { waived } from './waived.ts';
import type { Waiver } from './waiver.ts';
import { templateWaivers } from './waivers.ts';
import { waiversPlugin } from './waivers-plugin.ts';

/**
 * All checks of a synth besides the CDK's own validation, in the order in which they must run.
 * @param waivers the template's own, and those of the clone and its workloads
 */
export function policyPlugins(
  circumstances: Circumstances,
  waivers: readonly Waiver[] = templateWaivers,
): readonly IPolicyValidationPlugin[] {
  const ledger = new Ledger(waivers);
  return [
    loud(acknowledgementsPlugin()),
    waived(loud(nagPlugin()), ledger),
    waived(loud(rulesPlugin(rules, circumstances)), ledger),
    waiversPlugin(ledger, circumstances),
  ];
}
