import type { App } from 'aws-cdk-lib/core';
import type { Clone } from '../blocks/discover-workloads.ts';
import type { Circumstances } from '../policies/circumstances.ts';
import { runbooksOf, versionOf } from '../policies/clone-facts.ts';

/**
 * Reads the facts about the synthesized clone that the policies need. Context `dueWaivers` is `fail` or, by default,
 * `report`.
 * @param workloads those that tenants use
 */
export function circumstancesOf(
  app: App,
  clone: Clone,
  workloads: Iterable<string>,
  now: Date,
): Omit<Circumstances, 'allDeployed'> {
  const dueWaivers = (app.node.tryGetContext('dueWaivers') as unknown) ?? 'report';
  if (dueWaivers !== 'fail' && dueWaivers !== 'report') {
    throw new Error(`context "dueWaivers" must be "fail" or "report", got ${JSON.stringify(dueWaivers)}`);
  }
  return { now, version: versionOf(clone), runbooks: runbooksOf(clone, workloads), dueWaivers };
}
