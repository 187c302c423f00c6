import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { AssetManifestArtifact, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { type AssembledStack, readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack as ResolvedStack, resolveStacks } from '@crosswind/assembly/resolve';
import { parseOverride } from '../config/overrides.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { addPlatform } from '../pipeline/add-platform.ts';
import { circumstancesOf } from '../pipeline/circumstances.ts';
import { cloneWaivers } from '../policies/clone-waivers.ts';
import { platformFile } from './platform-file.ts';
import { type TestWorkloads, clone, fixtures } from './workloads.ts';

/** A platform as `cdk synth` writes it, but without bundled functions and without CloudFormation's validation. */
export interface Synthesized {
  readonly assembled: readonly AssembledStack[];
  readonly stacks: readonly ResolvedStack[];
  /** Content of the manifest besides the templates: environments, roles, protection. */
  readonly artifacts: readonly CloudFormationStackArtifact[];
  /** Roles that publish the assets of each stack, by its construct path. */
  readonly publishingRoles: ReadonlyMap<string, readonly (string | undefined)[]>;
}

const { context: featureFlags } = JSON.parse(readFileSync(join(clone.root, 'cdk.json'), 'utf8')) as {
  context: Readonly<Record<string, unknown>>;
};
/** The feature flags that are deployed (a bare `new App()` has none) and what the command line adds, but no bundling. */
const context = { ...featureFlags, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:bundling-stacks': [] };

/** A platform of tests. */
export interface Example {
  /** Text of its file. */
  readonly text: string;
  readonly platform: Platform;
  /** The platform of another text, with settings overridden as on the command line. */
  readonly platformOf: (text: string, ...settings: readonly string[]) => Platform;
  readonly synthesize: (platform: Platform) => Synthesized;
  /** The example itself, synthesized once per process. */
  readonly synthesized: () => Synthesized;
  /** Its assembled stack at a construct path, ready for assertions on its template. */
  readonly templateAt: (path: string) => Template;
}

/** The platform of a file whose tenants run these workloads. */
export function exampleOf(file: string, { clone, contracts, workloads }: TestWorkloads): Example {
  const platformOf: Example['platformOf'] = (text, ...settings) => {
    const overrides = settings.map(parseOverride).filter((override) => override !== undefined);
    if (overrides.length !== settings.length) throw new Error(`not an override in ${settings.join(' ')}`);
    const parsed = parsePlatform(text, contracts, overrides);
    if (parsed.ok) return parsed.platform;
    throw new Error(parsed.problems.map((problem) => formatProblem('platform.yaml', problem)).join('\n'));
  };
  const synthesize: Example['synthesize'] = (platform) =>
    synthesizedWith((app) => {
      const used = new Set(platform.tenants.map(({ workload }) => workload));
      const circumstances = circumstancesOf(app, clone, used, new Date('2026-11-22'));
      addPlatform(app, { platform, workloads, waivers: cloneWaivers(clone, platform).waivers, circumstances });
    });
  const text = readFileSync(file, 'utf8');
  const platform = platformOf(text);
  let once: Synthesized | undefined;
  const synthesized = (): Synthesized => (once ??= synthesize(platform));
  const templateAt = (path: string): Template =>
    Template.fromJSON({ ...stackAt(synthesized().assembled, path).template });
  return { text, platform, platformOf, synthesize, synthesized, templateAt };
}

function synthesizedWith(build: (app: App) => void): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  try {
    const app = new App({ context, outdir });
    build(app);
    const { stacksRecursively: artifacts } = app.synth();
    const assembled = readAssembly(outdir);
    const publishingRoles = new Map(artifacts.map((stack) => [stack.hierarchicalId, publishingRolesOf(stack)]));
    return { assembled, stacks: resolveStacks(assembled), artifacts, publishingRoles };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const publishingRolesOf = ({ dependencies }: CloudFormationStackArtifact): readonly (string | undefined)[] =>
  dependencies
    .filter((artifact) => AssetManifestArtifact.isAssetManifestArtifact(artifact))
    .flatMap(({ contents: { files = {} } }) => Object.values(files))
    .flatMap(({ destinations }) => Object.values(destinations).map(({ assumeRoleArn }) => assumeRoleArn));

export function stackAt<Item extends { readonly path: string }>(stacks: readonly Item[], path: string): Item {
  const stack = stacks.find((candidate) => candidate.path === path);
  if (!stack) throw new Error(`no stack at ${path}, only at ${stacks.map((other) => other.path).join(', ')}`);
  return stack;
}

/** The example platform of the template's own tests, whatever the clone's `platform.yaml` has become. */
export const {
  text: platformText,
  platform: shippedPlatform,
  platformOf,
  synthesize,
  synthesized,
  templateAt,
} = exampleOf(platformFile, fixtures);

/** The template and the resolved resources of a stack that `build` fills, alone in an account. */
export function stackWith(build: (stack: Stack) => void): {
  readonly template: Template;
  readonly stack: ResolvedStack;
} {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  try {
    const app = new App({ context, outdir });
    build(new Stack(app, 'Alone', { env: { account: '444444444444', region: 'us-east-1' } }));
    app.synth();
    const assembled = readAssembly(outdir);
    const template = Template.fromJSON({ ...stackAt(assembled, 'Alone').template });
    return { template, stack: stackAt(resolveStacks(assembled), 'Alone') };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
