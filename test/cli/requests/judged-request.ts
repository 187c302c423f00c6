import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport } from '../../../cli/check/check-report.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { cloneOf, repositoryAt, type Repository } from '../upgrade/repositories.ts';
import { linkPackages, newProject, runIn } from './project.ts';
import type { Edit, Request } from './requests.ts';

/** Verdict on a pull request. */
export interface Judged {
  /** The process that runs its code. */
  readonly synthesis: { readonly passes: boolean; readonly hasReport: boolean };
  readonly verdict: Verdict;
}

/** Answer of a job that judges the assembly. */
export interface Verdict {
  readonly passes: boolean;
  /** Every error of a check as `<id>: <fix>`, or every paragraph of a plan; if there is neither, what the command printed. */
  readonly messages: readonly string[];
}

/** Judges pull requests as `.github/workflows/pull-request.yml` does: the synthesis in one checkout, the judges in another. */
export interface Reviewer {
  readonly judge: (title: string, request: Request) => Promise<Judged>;
  /** Judges by one command that synthesizes in the checkout of the judges, as on a laptop. */
  readonly judgeAtOnce: (title: string, edits: readonly Edit[]) => Promise<Verdict>;
}

export function newReviewer(): Reviewer {
  const project = newProject();
  const [synthesis, judges] = [cloneOf(project).path, cloneOf(project).path];
  for (const path of [synthesis, judges]) linkPackages(path);
  const machine = join(temporaryDirectory(), 'work');
  const judge = async (title: string, { edits, by = 'check' }: Request): Promise<Judged> => {
    const branch = title.replaceAll(/\W+/g, '-');
    commitRequest(project, branch, edits);
    const made = await at(machine, synthesis, () => synthesized(repositoryAt(machine), branch));
    const verdict = await at(machine, judges, () => {
      const checkout = repositoryAt(machine);
      checkOut(checkout, branch);
      cpSync(join(synthesis, 'cdk.out'), join(machine, 'cdk.out'), { recursive: true });
      return verdicts[by](machine);
    });
    return { synthesis: made, verdict };
  };
  const judgeAtOnce = (title: string, edits: readonly Edit[]): Promise<Verdict> => {
    const branch = title.replaceAll(/\W+/g, '-');
    commitRequest(project, branch, edits);
    return at(machine, judges, () => {
      checkOut(repositoryAt(machine), branch);
      return verdicts.check(machine, []);
    });
  };
  return { judge, judgeAtOnce };
}

/** Does something while a directory is at another place: every job of a workflow has its checkout at the same one. */
async function at<Result>(place: string, directory: string, run: () => Promise<Result>): Promise<Result> {
  renameSync(directory, place);
  try {
    return await run();
  } finally {
    renameSync(place, directory);
  }
}

/** Makes a branch of main with one commit. */
function commitRequest(project: Repository, branch: string, edits: readonly Edit[]): void {
  project.git('switch', '--quiet', '--force-create', branch, 'main');
  for (const [file, before, after] of edits) {
    const text = project.read(file);
    if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
    project.write({ [file]: text.replace(before, () => after) });
  }
  project.commit({}, branch);
}

function checkOut({ git, path }: Repository, branch: string): void {
  git('fetch', '--quiet', 'origin');
  git('reset', '--quiet', '--hard', `origin/${branch}`);
  git('clean', '--quiet', '--force', '-d');
  rmSync(join(path, 'cdk.out'), { recursive: true, force: true });
}

/** Job `check`, as far as it makes the assembly. */
async function synthesized(checkout: Repository, branch: string): Promise<Judged['synthesis']> {
  checkOut(checkout, branch);
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const { code } = await runIn(checkout.path, process.execPath, cdk, 'synth', '--quiet', '--no-notices');
  return { passes: code === 0, hasReport: existsSync(join(checkout.path, 'cdk.out/validation-report.json')) };
}

const crosswind = (checkout: string, ...args: readonly string[]) =>
  runIn(checkout, process.execPath, join('cli', 'crosswind.mjs'), ...args, '--base', 'HEAD^1');

const made = ['--assembly', 'cdk.out'];

/** The jobs `judge` and `plan`. */
const verdicts = {
  async check(checkout: string, assembly = made): Promise<Verdict> {
    const { code, stdout, stderr } = await crosswind(checkout, 'check', '--json', ...assembly);
    const { findings } = JSON.parse(stdout) as Partial<CheckReport>;
    const errors = findings?.filter(({ severity }) => severity === 'error').map(({ id, fix }) => `${id}: ${fix}`);
    return { passes: code === 0, messages: errors ?? stderr.trim().split('\n') };
  },
  async plan(checkout: string): Promise<Verdict> {
    const { code, stdout, stderr } = await crosswind(checkout, 'plan', '--out', 'out/plan', ...made);
    return { passes: code === 0, messages: [...stdout.split('\n\n'), stderr] };
  },
};
