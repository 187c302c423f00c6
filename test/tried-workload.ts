import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { Json } from '@crosswind/aws/json';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { type Stack, resolveStacks } from '@crosswind/assembly/resolve';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { stringify } from 'yaml';
import type { Workload } from '../blocks/workload.ts';
import { deployedTenant } from '../cli/local/deployed-tenant.ts';
import { type WorkloadRun, runWorkload } from '../cli/local/run-workload.ts';
import { plannedWaves } from '../config/deployments.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { addPlatform } from '../pipeline/add-platform.ts';
import { placementId, platformStackId } from '../config/construct-ids.ts';
import { parseValidationReport } from '../policies/validation-report.ts';
import { readWaivers } from '../policies/waivers-file.ts';
import { addBoundaries } from './add-boundaries.ts';

const root = join(import.meta.dirname, '..');

/** A workload and the folder that it is in. */
export interface TriedWorkload {
  readonly workload: Workload;
  /** For example `services/hello`; its waivers and runbooks count. */
  readonly folder: string;
  /**
   * Settings of the one tenant.
   *
   * @default - those of the contract
   */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The only tenant of a small platform, synthesized and judged. */
export interface SynthesizedWorkload {
  /** Resolved stacks of the whole platform. */
  readonly stacks: readonly Stack[];
  /** Errors that policies find and no waiver accepts, as `<rule> <construct path>: <description>`. */
  readonly errors: readonly string[];
}

/** Synthesizes the workload as a tenant of its own in wave dev, with every policy and without bundles. */
export const synthesizedWorkload = (tried: TriedWorkload): SynthesizedWorkload =>
  synthesizedIn(tried, [], (directory) => ({
    stacks: resolveStacks(readAssembly(directory)),
    errors: errorsIn(readFileSync(join(directory, 'validation-report.json'), 'utf8')),
  }));

/** Deploys the workload in the sandbox and runs its entry, with every permission enforced. */
export async function runInSandbox(tried: TriedWorkload, input: Json): Promise<WorkloadRun> {
  const platform = platformOf(tried);
  const [deployment] = plannedWaves(platform).flatMap(({ deployments }) => deployments);
  if (!deployment) throw new Error('the platform of the workload deploys nothing');
  const placement = `${platformStackId}/${placementId('dev', nameOf(tried))}/`;
  const sandbox = await openSandbox({ organizationId: platform.organization.id });
  addBoundaries(sandbox, platform);
  try {
    return await synthesizedIn(tried, [`${placement}*`], async (directory) => {
      const stacks = resolveStacks(readAssembly(directory)).filter(({ path }) => path.startsWith(placement));
      const { stages } = deployedTenant(deployment, stacks, directory);
      // In the order in which the stages are deployed: a called one before its caller.
      for (const { name } of deployment.stages) {
        const account = stages.find(({ stage }) => stage === name)?.account;
        for (const stack of stacks.filter((each) => each.account === account)) await sandbox.deploy(stack);
      }
      return await runWorkload(sandbox, { stages, input, name: 'tried' });
    });
  } finally {
    await sandbox.close();
  }
}

const nameOf = ({ folder }: TriedWorkload): string => basename(folder);

/** Synthesizes into a directory that goes when `use` has ended. */
function synthesizedIn<Result>(
  tried: TriedWorkload,
  bundled: readonly string[],
  use: (directory: string) => Result,
): Result {
  const outdir = mkdtempSync(join(tmpdir(), 'crosswind-tried-'));
  const remove = (): void => {
    rmSync(outdir, { recursive: true });
  };
  const { exitCode } = process;
  try {
    synthesize(tried, bundled, outdir);
    const result = use(outdir);
    if (result instanceof Promise) return result.finally(remove) as Result;
    remove();
    return result;
  } catch (error) {
    remove();
    throw error;
  } finally {
    // A finding must not end the process of the tests.
    process.exitCode = exitCode;
  }
}

function synthesize(tried: TriedWorkload, bundled: readonly string[], outdir: string): void {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context: Readonly<Record<string, unknown>>;
  };
  const app = new App({
    outdir,
    context: {
      ...context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:bundling-stacks': bundled,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  const name = nameOf(tried);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  addPlatform(app, {
    platform: platformOf(tried),
    workloads: new Map([[name, tried.workload]]),
    waivers: waiversOf(tried),
    circumstances: { now: new Date(), version, runbooks: runbooksOf(tried), dueWaivers: 'report' },
  });
  app.synth();
}

function waiversOf(tried: TriedWorkload) {
  const file = join(tried.folder, 'waivers.yaml');
  if (!existsSync(file)) return [];
  const within = [`${platformStackId}/${placementId('dev', nameOf(tried))}/`];
  const read = readWaivers(readFileSync(file, 'utf8'), file, within);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.waivers;
}

/** Runbooks as alarms name them: those of the platform, and those of the folder as if it were in `services/`. */
function runbooksOf(tried: TriedWorkload): readonly string[] {
  const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
  return [
    ...filesIn(join(root, 'docs/runbooks')).map((file) => `docs/runbooks/${file}`),
    ...filesIn(join(tried.folder, 'runbooks')).map((file) => `services/${nameOf(tried)}/runbooks/${file}`),
  ];
}

function errorsIn(report: string): readonly string[] {
  return parseValidationReport(report)
    .pluginReports.flatMap(({ violations }) => violations)
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`),
    );
}

/** A platform with an account for each stage, and nothing else. */
function platformOf(tried: TriedWorkload): Platform {
  const { contract } = tried.workload;
  const name = nameOf(tried);
  const account = (called: string, digit: number) => ({
    name: called,
    id: String(digit).repeat(12),
    email: `${called}@example.com`,
    organizationalUnit: 'Workloads',
  });
  const stages = contract.stages.map(({ name: stage }) => stage);
  const text = stringify({
    organization: { id: 'o-exampleorg1', managementAccount: '999999999999' },
    region: 'us-east-1',
    pipeline: {
      account: 'tooling',
      repository: 'example-org/platform',
      connection: 'arn:aws:codeconnections:us-east-1:111111111111:connection/1',
    },
    monitoring: { account: 'monitoring', page: ['on-call@example.com'] },
    waves: [{ name: 'dev' }],
    accounts: [
      account('tooling', 1),
      account('monitoring', 2),
      ...stages.map((stage, index) => account(`stage-${stage}`, index + 3)),
    ],
    tenants: [
      {
        name,
        workload: name,
        owner: 'example-team',
        waves: {
          dev: {
            ...Object.fromEntries(stages.map((stage) => [stage, `stage-${stage}`])),
            settings: tried.settings ?? {},
          },
        },
      },
    ],
  });
  const parsed = parsePlatform(text, new Map([[name, contract]]));
  if (parsed.ok) return parsed.platform;
  throw new Error(parsed.problems.map((problem) => formatProblem('platform.yaml', problem)).join('\n'));
}
