import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import { type Clone, workloadFile } from '../blocks/discover-workloads.ts';
import type { Circumstances } from '../policies/circumstances.ts';

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
  const { root } = clone;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const dueWaivers = (app.node.tryGetContext('dueWaivers') as unknown) ?? 'report';
  if (dueWaivers !== 'fail' && dueWaivers !== 'report') {
    throw new Error(`context "dueWaivers" must be "fail" or "report", got ${JSON.stringify(dueWaivers)}`);
  }
  const folders = ['docs/runbooks', ...[...workloads].map((workload) => workloadFile(clone, workload, 'runbooks'))];
  return { now, version, runbooks: folders.flatMap((folder) => runbooksIn(root, folder)), dueWaivers };
}

const runbooksIn = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).flatMap((file) => (file.endsWith('.md') ? [`${folder}/${file}`] : []))
    : [];
