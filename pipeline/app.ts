import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib/core';
import { parseOverride } from '../config/overrides.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { TemplateValidation } from '../policies/template-validation.ts';
import { addPlatform } from './add-platform.ts';
import { circumstancesOf } from './circumstances.ts';

/**
 * The composition root: reads `platform.yaml`, builds the pipeline with its stages, and lets the policies judge them.
 * Context `platform` names another file, `set` overrides settings (`["wind-speed.batchSize=100"]`), `dueWaivers` says what
 * waivers that are due do.
 */
const app = new App();
const platform = readPlatform(app);
if (platform) {
  addPlatform(app, platform, circumstancesOf(app, new Date()));
  Validations.of(app).addPlugins(
    new TemplateValidation([...platform.accounts, ...platform.tenants].map(({ name }) => name)),
  );
  app.synth();
} else {
  process.exitCode = 1;
}

function readPlatform(scope: App): Platform | undefined {
  const file = (scope.node.tryGetContext('platform') as string | undefined) ?? 'platform.yaml';
  const settings = JSON.parse((scope.node.tryGetContext('set') as string | undefined) ?? '[]') as readonly string[];
  const overrides = settings.map((text) => {
    const override = parseOverride(text);
    if (!override) throw new Error(`--set must read tenant.setting=value, got "${text}"`);
    return override;
  });
  const parsed = parsePlatform(readFileSync(file, 'utf8'), overrides);
  if (parsed.ok) return parsed.platform;
  for (const problem of parsed.problems) process.stderr.write(`${formatProblem(file, problem)}\n`);
  return undefined;
}
