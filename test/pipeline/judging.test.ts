import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../cli/local/synthesize.ts';
import { parseValidationReport } from '../../policies/validation-report.ts';
import { platformFile, servicesOfTests } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';

const { context: flags } = JSON.parse(readFileSync(join(clone.root, 'cdk.json'), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

interface Setting {
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cdkContext?: Readonly<Record<string, unknown>>;
  readonly userContext?: Readonly<Record<string, unknown>>;
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command line of the CDK on the platform of the tests, in a directory with these settings. */
function cdk(command: readonly string[], { context, cdkContext = {}, userContext = {}, options = [], env }: Setting) {
  const [directory, home] = [temporaryDirectory(), temporaryDirectory()];
  const app = `node --import ${import.meta.resolve('tsx')} ${join(clone.root, 'pipeline/app.ts')}`;
  const own = { platform: platformFile, services: servicesOfTests };
  writeFileSync(join(directory, 'cdk.json'), JSON.stringify({ app, context: { ...flags, ...own, ...context } }));
  writeFileSync(join(directory, 'cdk.context.json'), JSON.stringify(cdkContext));
  writeFileSync(join(home, '.cdk.json'), JSON.stringify({ context: userContext }));
  const cli = join(clone.root, 'node_modules/aws-cdk/bin/cdk');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--no-notices', ...command, ...options], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: home, CI: 'true', ...env },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('cdk synth refuses to leave out the policies', () => {
  const quick = 'context "quick" switches the policies off';

  // Which values are refused, judging-problems.test.ts says without a process; this is about where they are set.
  test.each<readonly [string, Setting, string]>([
    [
      'cdk.json',
      { context: { quick: true } },
      `${quick}, which only the sandbox does for itself: expected none, got true`,
    ],
    ['cdk.context.json', { cdkContext: { quick: true } }, quick],
    ['~/.cdk.json', { userContext: { quick: true } }, quick],
    ['an option', { options: ['--context', 'quick=true'] }, quick],
    ['a variable', { env: { CDK_IGNORE_ERRORS: 'true' } }, 'CDK_IGNORE_ERRORS lets cdk pass with findings'],
  ])('in %s', (_, setting, problem) => {
    const { status, output } = cdk(['synth', '--quiet'], setting);
    expect(output).toContain(problem);
    expect(status).toBe(1);
  });
});

describe('an assembly of the sandbox that no policy judged', () => {
  const unjudged = temporaryDirectory();
  beforeAll(() => synthesize({ clone, file: platformFile, directory: unjudged, quickly: [] }));

  test.each([['Crosswind'], ['Crosswind/dev-word-count/Child']])('is not passed on by cdk: %s', (stack) => {
    const { status, output } = cdk(['synth', '--quiet', stack], { options: ['--app', unjudged] });
    expect(output).toContain('no policy judged this assembly');
    expect(status).toBe(1);
  });

  test('differs from one that cdk wrote, with settings that switch nothing off', () => {
    const directory = temporaryDirectory();
    const harmless = {
      context: { '@aws-cdk/core:annotationsInValidationReport': false },
      env: { CDK_IGNORE_ERRORS: 'false', CDK_VALIDATION: 'false' },
    };
    expect(cdk(['synth', '--quiet', '--output', directory], harmless)).toMatchObject({ status: 0 });
    const report = parseValidationReport(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports.map(({ pluginName }) => pluginName)).toEqual(['AwsSolutions']);
    expect(cdk(['synth', '--quiet', 'Crosswind'], { options: ['--app', directory] })).toMatchObject({ status: 0 });
  });
});
