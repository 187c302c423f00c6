import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { Platform } from '../../config/schema.ts';
import { PipelineStack } from '../../pipeline/pipeline-stack.ts';
import { workloads } from '../workloads.ts';

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

/** An app with the feature flags that are deployed, without bundling. */
export const bareApp = (outdir?: string): App =>
  new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } });

/** The pipeline of a platform with the feature flags that are deployed, not yet synthesized and without bundling. */
export function pipelineApp(platform: Platform, outdir?: string): { readonly app: App; readonly stack: PipelineStack } {
  const app = bareApp(outdir);
  const env = { account: '111111111111', region: platform.region };
  return { app, stack: new PipelineStack(app, 'Crosswind', { platform, workloads, env }) };
}
