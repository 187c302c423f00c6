import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import type { Circumstances } from '../policies/circumstances.ts';

const root = join(import.meta.dirname, '..');

/** What the policies must know of the clone that is synthesized. Context `dueWaivers` is `fail` or, by default, `report`. */
export function circumstancesOf(app: App, now: Date): Omit<Circumstances, 'allDeployed'> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const dueWaivers = (app.node.tryGetContext('dueWaivers') as unknown) ?? 'report';
  if (dueWaivers !== 'fail' && dueWaivers !== 'report') {
    throw new Error(`context "dueWaivers" must be "fail" or "report", got ${JSON.stringify(dueWaivers)}`);
  }
  return { now, version, runbooks: runbooksIn(join(root, 'docs/runbooks')), dueWaivers };
}

const runbooksIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory).flatMap((file) => (file.endsWith('.md') ? [file.slice(0, -'.md'.length)] : []))
    : [];
