import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Violation } from '../../policies/validation-report.ts';
import { platformFile, servicesOfTests } from '../platform-file.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly conclusion: string;
    readonly violations: readonly Violation[];
    readonly suppressedViolations?: readonly { readonly reason: string }[];
  }[];
}

/** Result of one `cdk synth`. */
export interface SynthRun {
  readonly exitCode: number;
  readonly output: string;
  /** Directory of the cloud assembly. */
  readonly directory: string;
  readonly report: Report;
}

/** Runs the CDK's command line on a platform with the workloads of the tests, everything switched on as in the pipeline. */
export async function synth(platform: string, ...options: readonly string[]): Promise<SynthRun> {
  const directory = mkdtempSync(join(tmpdir(), 'crosswind-synth-'));
  const process = spawn(
    globalThis.process.execPath,
    [
      'node_modules/aws-cdk/bin/cdk',
      'synth',
      '--quiet',
      '--no-notices',
      '--output',
      join(directory, 'out'),
      '--context',
      `platform=${platform}`,
      '--context',
      `services=${servicesOfTests}`,
      ...options,
    ],
    // The variables of vitest would change how the CDK reports, and those of a laptop what it does.
    {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: globalThis.process.env['PATH'], HOME: directory, CI: 'true' },
    },
  );
  const ended = new Promise<number>((resolve) =>
    process.on('close', (code) => {
      resolve(code ?? -1);
    }),
  );
  const [exitCode, ...output] = await Promise.all([ended, text(process.stdout), text(process.stderr)]);
  const file = join(directory, 'out/validation-report.json');
  if (!existsSync(file)) throw new Error(`cdk synth wrote no report:\n${output.join('')}`);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return { exitCode, output: output.join(''), directory: join(directory, 'out'), report };
}

/** Removes the files of a run. */
export const removeRun = ({ directory }: SynthRun): void => {
  rmSync(join(directory, '..'), { recursive: true });
};

interface Shared {
  users: number;
  readonly run: Promise<SynthRun>;
}

/** Vitest loads this file once for each project; only what is global is shared. */
const shared = globalThis as { shippedRun?: Shared };

/** A run on the example platform for all projects of one `vitest`, and a function that removes it after its last user. */
export async function useShippedRun(): Promise<{ readonly run: SynthRun; readonly release: () => void }> {
  const use = (shared.shippedRun ??= { users: 0, run: synth(platformFile) });
  use.users += 1;
  const run = await use.run;
  return {
    run,
    release: () => {
      use.users -= 1;
      if (use.users > 0) return;
      delete shared.shippedRun;
      removeRun(run);
    },
  };
}
