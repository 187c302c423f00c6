import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { endedProcess } from '../ended-process.ts';
import { RunFailed } from '../failure.ts';

export interface SynthesizeProps {
  readonly clone: Clone;
  /** The platform. */
  readonly file: string;
  /** Directory for the cloud assembly. */
  readonly directory: string;
  /**
   * Settings as `--set` gives them, for example `hello.batchSize=100`.
   *
   * @default - those of the file
   */
  readonly overrides?: readonly string[];
  /**
   * The only tenant that is synthesized.
   *
   * @default - all tenants
   */
  readonly tenant?: string;
  /**
   * Construct paths of the stacks whose functions are bundled, when the synthesis is to be quick: nothing is validated then.
   *
   * @default - everything is bundled and validated, as in the pipeline
   */
  readonly quickly?: readonly string[];
  /**
   * Ends the synthesis and everything that it started.
   *
   * @default - it runs to its end
   */
  readonly signal?: AbortSignal;
}

/**
 * Runs `cdk synth` into `directory` as the pipeline does, with the built-in validation, cdk-nag and our policies.
 * @throws RunFailed with the output of the CDK
 */
export async function synthesize(props: SynthesizeProps): Promise<void> {
  const { clone, file, directory, overrides = [], tenant, quickly, signal } = props;
  const cli = join(cdkOf(clone.root), 'bin/cdk');
  // The synthesis runs in the clone, where a path from somewhere else leads nowhere.
  const context = {
    platform: resolve(file),
    services: clone.services,
    set: JSON.stringify(overrides),
    ...(tenant !== undefined && { tenant }),
  };
  const settings = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  const whole = { args: [cli, 'synth', '--quiet', '--no-notices', '--output', directory, ...settings], env: {} };
  const { args, env } = quickly ? await quick(clone.root, directory, { ...context, ...bundling(quickly) }) : whole;
  const { code, output } = await endedProcess(process.execPath, args, {
    directory: clone.root,
    environment: env,
    signal,
  });
  if (code !== 0) throw new RunFailed(`cdk synth failed:\n${output}`);
}

/** Directory of the command line of the CDK that a clone has; ours for a clone without packages. */
const cdkOf = (root: string): string =>
  dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json', { paths: [root, import.meta.dirname] }));

const bundling = (stacks: readonly string[]) => ({ 'aws:cdk:bundling-stacks': stacks, quick: true });

/** The app of cdk.json without the CDK's command line, which would take two seconds more and validate. */
async function quick(root: string, directory: string, context: Readonly<Record<string, unknown>>) {
  const { app, context: flags } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')) as {
    readonly app: string;
    readonly context: object;
  };
  const told = { ...flags, ...context, 'aws:cdk:enable-path-metadata': true };
  return {
    args: app.split(' ').slice(1),
    env: { CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify(told), CDK_VALIDATION: 'false' },
  };
}
