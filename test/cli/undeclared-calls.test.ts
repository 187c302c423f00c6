import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { startRun } from './crosswind.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Metadata?: Record<string, unknown> }>>;
}

/** The shared assembly without declared calls, where `isMeant` says so of the construct path that declares them. */
function withoutCalls(isMeant: (path: string) => boolean): string {
  const directory = temporaryDirectory();
  cpSync(inject('assembly'), directory, { recursive: true });
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.template.json'),
  );
  let removed = 0;
  for (const file of files.map((name) => join(directory, name))) {
    const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
    for (const { Metadata = {} } of Object.values(template.Resources)) {
      if (!('crosswind:calls' in Metadata) || !isMeant(String(Metadata['aws:cdk:path']))) continue;
      delete Metadata['crosswind:calls'];
      removed += 1;
    }
    writeFileSync(file, JSON.stringify(template));
  }
  if (removed === 0) throw new Error('expected declared calls to remove, found none');
  return directory;
}

const start = (assembly: string, ...args: readonly string[]) =>
  startRun('--objects', '20', '--assembly', assembly, ...args);

const counter = 'Crosswind/dev-word-count/Child/Child/Count/Resource/Resource';

describe('a run of functions', () => {
  test('that declare each of their calls passes, and lists what it did not call', async () => {
    const { code, report, stdout } = await start(inject('assembly'));
    expect(code).toBe(0);
    expect(report.calls).toMatchObject({ isDeclared: true, undeclared: [] });
    expect(stdout).not.toContain('undeclared');
    const unmade = report.calls.unmade.length;
    expect(unmade).toBeGreaterThan(0);
    expect(stdout).toContain(`${unmade} declared calls were not made; game days run other paths, too`);
  });

  test('fails for a function that calls what it does not declare, and says what to declare', async () => {
    const { code, report, stdout, stderr } = await start(withoutCalls((path) => path === counter));
    expect(code).toBe(2);
    const call = report.calls.undeclared.find(({ action }) => action === 's3:GetObject');
    expect(call).toMatchObject({
      functions: [counter],
      principal: expect.stringMatching(/^arn:aws:iam::444444444444:role\//) as string,
      declare: expect.stringMatching(/^arn:aws:s3:::[\w-]+\/\*$/) as string,
    });
    expect(stdout).toContain(`undeclared ${counter} called s3:GetObject on arn:aws:s3:::`);
    expect(stdout).toContain(`fix: declare it on the function: calls(["s3:GetObject"], ["${call?.declare ?? ''}"])`);
    expect(stderr).toMatch(/functions made calls that they do not declare: .*s3:GetObject/);
  });

  test('compares nothing in an assembly that declares no calls, and says so', async () => {
    const { code, report, stdout } = await start(withoutCalls(() => true));
    expect(code).toBe(0);
    expect(report.calls).toEqual({ isDeclared: false, undeclared: [], made: [], unmade: [] });
    expect(stdout).toContain('No function of this assembly declares its calls');
  });
});
