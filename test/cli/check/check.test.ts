import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import type { CheckReport } from '../../../cli/check/check-report.ts';
import { platformFile } from '../../platform-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { clone } from '../../workloads.ts';
import { commandLineOn, crosswind } from '../crosswind.ts';

const check = (assembly: string, ...args: readonly string[]) =>
  crosswind('check', '--file', platformFile, '--assembly', assembly, ...args);

/** A copy of the example in which the bucket of the workload is public in both waves. */
function withPublicBuckets(): string {
  const directory = join(temporaryDirectory(), 'assembly');
  cpSync(inject('assembly'), directory, { recursive: true });
  for (const { path, templateFile } of readAssembly(directory)) {
    if (!path.endsWith('-word-count/Child')) continue;
    const { Resources, ...rest } = JSON.parse(readFileSync(templateFile, 'utf8')) as {
      readonly Resources: Readonly<
        Record<string, { readonly Properties: { PolicyDocument: { Statement: unknown[] } } }>
      >;
    };
    Resources['ChildSourcePolicyE3A038BB']?.Properties.PolicyDocument.Statement.push({
      ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ChildSourceE98EE9D3', 'Arn'] }, '/*']] },
    });
    writeFileSync(templateFile, JSON.stringify({ Resources, ...rest }));
  }
  return directory;
}

describe('crosswind check', () => {
  test('passes the example, and says what the report of the CDK has', async () => {
    const { code, stdout } = await check(inject('assembly'));
    expect(stdout).toMatch(/^note: the CDK's report \(validation-report\.json\) has 0 errors, /);
    expect(stdout).toMatch(/\n0 errors, 0 warnings, \d+ accepted findings\n$/);
    expect(code).toBe(0);
  });

  test('prints a finding once for all accounts, with its line, its constructs and the fix', async () => {
    const { code, stdout, stderr } = await check(withPublicBuckets());
    expect(code).toBe(1);
    expect(stderr).toContain('findings that turn the check red: 1');
    const [first = '', ...lines] = stdout.split('\n');
    expect(first).toMatch(
      /^test\/services\/word-count\/\S+\.ts:\d+:\d+ ERROR PUBLIC-1 .*\(2 times, in accounts 444444444444, 666666666666\)$/,
    );
    expect(lines.slice(0, 2)).toEqual([
      '   Crosswind/dev-word-count/Child/Child/Source/Policy/Resource',
      '   Crosswind/prod-word-count/Child/Child/Source/Policy/Resource',
    ]);
    expect(lines[2]).toMatch(/^ {3}fix: [A-Z]/);
  });

  test('prints them as JSON', async () => {
    const { code, stdout } = await check(withPublicBuckets(), '--json');
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as CheckReport;
    expect(Object.keys(report)).toEqual(['version', 'findings', 'waived', 'notes']);
    expect(report.version).toBe(1);
    const [finding] = report.findings;
    expect(Object.keys(finding ?? {}).sort()).toEqual(
      ['accounts', 'by', 'count', 'fix', 'id', 'message', 'paths', 'place', 'severity'].sort(),
    );
    expect(finding).toMatchObject({ id: 'PUBLIC-1', severity: 'error', count: 2, by: 'head' });
    expect(report.waived.length).toBeGreaterThan(10);
    for (const { reason, owner } of report.waived) expect(reason && owner).toBeTruthy();
  });

  test('says that the report of the CDK is missing, and is not greener for it', async () => {
    const directory = withPublicBuckets();
    rmSync(join(directory, 'validation-report.json'));
    const { code, stdout } = await check(directory);
    expect(stdout).toContain('note: the assembly has no validation-report.json');
    expect(code).toBe(1);
  });

  test('judges by the platform of the clone, whatever the assembly says', async () => {
    const directory = join(temporaryDirectory(), 'assembly');
    cpSync(inject('assembly'), directory, { recursive: true });
    writeFileSync(
      join(directory, 'platform.yaml'),
      readFileSync(platformFile, 'utf8').replace('o-exampleorg1', 'o-theirs000'),
    );
    const { code, stdout } = await check(directory);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'ERROR POLICY-4 The assembly is not that of the platform which judges it: its platform.yaml differs',
    );
  });

  test('loads no code of a workload', () => {
    const services = temporaryDirectory();
    cpSync(join(clone.root, clone.services), services, { recursive: true });
    writeFileSync(join(services, 'package.json'), '{"type":"module"}');
    const marker = join(services, 'was-here');
    const code = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(marker)}, '');\nthrow new Error('loaded');\n`;
    for (const file of ['contract.ts', 'workload.ts', 'local.ts'])
      writeFileSync(join(services, 'word-count', file), code);
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, ['test/cli/spawned.mjs', relative(clone.root, services), ...args], {
        cwd: clone.root,
        encoding: 'utf8',
      });

    const { status, stdout } = run('check', '--file', platformFile, '--assembly', inject('assembly'));
    expect(stdout).toMatch(/^0 errors/m);
    expect(status).toBe(0);
    expect(existsSync(marker)).toBe(false);
    // A command that loads them fails.
    expect(run('config', platformFile).stderr).toContain('cannot be loaded: loaded');
    expect(existsSync(marker)).toBe(true);
  });

  test('synthesizes the platform in a process of its own', async () => {
    const { code, stdout } = await crosswind('check', '--file', platformFile, '--json');
    expect((JSON.parse(stdout) as CheckReport).findings).toEqual([]);
    expect(code).toBe(0);
  });

  test('ends with 2 where the synthesis writes no assembly', async () => {
    const services = temporaryDirectory();
    mkdirSync(join(services, 'word-count'));
    writeFileSync(join(services, 'word-count', 'contract.ts'), 'throw new Error("no contract here");\n');
    const broken = { ...clone, services: relative(clone.root, services) };
    const line = commandLineOn({ clone: broken, platformFile, assembly: () => inject('assembly') });
    const { code, stderr } = await line.crosswind('check', '--file', platformFile);
    expect(stderr).toContain('no contract here');
    expect(code).toBe(2);
  });

  test.each<[string, readonly string[], string]>([
    ['a directory without an assembly', ['--assembly', 'test'], 'is no cloud assembly'],
    ['a platform that is none', ['--file', 'package.json', '--assembly', 'test'], 'package.json:'],
    ['a base that is an assembly', ['--base', 'ASSEMBLY'], 'is a cloud assembly, which has no rules: name a git ref'],
    ['a base that is no commit', ['--base', '--all'], '--base --all is no commit of this clone'],
    [
      'a source that does not exist',
      ['--source', 'nowhere', '--assembly', 'ASSEMBLY'],
      '--source nowhere does not exist: name the root of the clone that the assembly was made of',
    ],
  ])('refuses %s with exit code 1', async (_, args, message) => {
    const given = args.map((arg) => (arg === 'ASSEMBLY' ? inject('assembly') : arg));
    const { code, stderr } = await crosswind('check', '--file', platformFile, ...given);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  test('has its exit codes in the help', async () => {
    const { stdout } = await crosswind('check', '--help');
    expect(stdout).toContain('Exit codes: 0 no error, 1 errors or wrong input, 2 the synthesis wrote no assembly');
  });
});
