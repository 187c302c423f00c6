import { type Json, objectOf, isUnresolved } from '@crosswind/aws/json';
import { type PolicyDocument, PolicyError, type PolicySource, Unsupported } from '@crosswind/iam/policy-document';
import { type PolicyType, statementsOf, unknownPolicy } from '@crosswind/iam/statement';
import { DeploymentRefused } from '../cloudformation/refusal.ts';

/**
 * A policy that the evaluation understands in full; an unknown one if it has no form because of what is unresolved.
 * @param code error of the service for a malformed policy
 * @throws DeploymentRefused if the policy is malformed, or if only AWS can judge it
 */
export function checkedPolicy(code: string, name: string, value: Json | undefined, type: PolicyType): PolicySource {
  const source: PolicySource = { name, document: objectOf(value) as unknown as PolicyDocument };
  try {
    statementsOf(source, type);
    return source;
  } catch (error) {
    if (error instanceof PolicyError && isUnresolved(JSON.stringify(value))) return unknownPolicy(name, type);
    if (error instanceof Unsupported) throw new DeploymentRefused('NotSupported', error.message);
    throw error instanceof PolicyError ? new DeploymentRefused(code, error.message) : error;
  }
}
