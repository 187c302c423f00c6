import { describe, expect, test } from 'vitest';
import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { baseVerdict, onlyOfBase } from '../../../cli/check/base-judge.ts';
import type { CheckFinding, CheckReport } from '../../../cli/check/check-report.ts';
import { newRepository } from '../upgrade/repositories.ts';

const finding = (
  id: string,
  paths: readonly string[] = ['App/One/It'],
  given: Partial<CheckFinding> = {},
): CheckFinding => ({
  ...{ id, severity: 'error', message: 'it is wrong', fix: 'Correct it.', paths, accounts: [] },
  ...{ count: Math.max(1, paths.length), by: 'head' },
  ...given,
});
const report = (findings: readonly CheckFinding[], waived: readonly CheckFinding[] = []): CheckReport => ({
  version: 1,
  findings,
  waived: waived.map((each) => ({ ...each, reason: 'no danger', owner: 'team' })),
  notes: [],
});
const green = report([]);

describe('findings of the base alone', () => {
  const of = (base: CheckReport, head: CheckReport) =>
    onlyOfBase(base, head, 'main').map(({ id, severity, paths, count, by }) => [id, severity, paths, count, by]);

  test.each<[string, CheckReport, CheckReport, unknown]>([
    [
      'an error where the rules of the change report nothing',
      report([finding('OBS-2')]),
      green,
      [['OBS-2', 'error', ['App/One/It'], 1, 'base']],
    ],
    ['nothing where the change reports it itself', report([finding('OBS-2')]), report([finding('OBS-2')]), []],
    [
      'a warning where a waiver of the change accepts it',
      report([finding('OBS-2')]),
      report([], [finding('OBS-2')]),
      [['OBS-2', 'warning', ['App/One/It'], 1, 'base']],
    ],
    [
      'an error at the places that the change does not report',
      report([finding('OBS-2', ['App/One/A', 'App/One/B'])]),
      report([finding('OBS-2', ['App/One/A'])]),
      [['OBS-2', 'error', ['App/One/B'], 1, 'base']],
    ],
    [
      'an error where a waiver accepts one place of two',
      report([finding('OBS-2', ['App/One/A', 'App/One/B'])]),
      report([], [finding('OBS-2', ['App/One/A'])]),
      [['OBS-2', 'error', ['App/One/A', 'App/One/B'], 2, 'base']],
    ],
    [
      'an error that the change reports as a warning',
      report([finding('OBS-2')]),
      report([finding('OBS-2', undefined, { severity: 'warning' })]),
      [['OBS-2', 'error', ['App/One/It'], 1, 'base']],
    ],
    [
      'nothing where a warning has become an error',
      report([finding('OBS-2', undefined, { severity: 'warning' })]),
      report([finding('OBS-2')]),
      [],
    ],
    [
      'an error of another rule at the same place',
      report([finding('OBS-2')]),
      report([finding('OBS-3')]),
      [['OBS-2', 'error', ['App/One/It'], 1, 'base']],
    ],
    [
      'nothing about waivers, which a change may remove',
      report([finding('WAIVER-1', []), finding('WAIVER-2', [])]),
      green,
      [],
    ],
    [
      'an error about the assembly as a whole',
      report([finding('POLICY-4', [])]),
      green,
      [['POLICY-4', 'error', [], 1, 'base']],
    ],
  ])('are %s', (_, base, head, expected) => {
    expect(of(base, head)).toEqual(expected);
  });

  test('say what to do', () => {
    const [only] = onlyOfBase(report([finding('OBS-2')]), green, 'main');
    expect(only?.message).toBe('it is wrong (a rule of main reports this error, and the rules of this change do not)');
    expect(only?.fix).toBe(
      'Correct it. Or merge the change of the rule first, alone, with the approval of its owners.',
    );
    const [accepted] = onlyOfBase(report([finding('OBS-2')]), report([], [finding('OBS-2')]), 'main');
    expect(accepted?.message).toContain('a waiver that this change adds accepts it; main does not');
  });
});

describe('the process of the base', () => {
  const verdict = (script: string | undefined, more: Readonly<Record<string, string>> = {}, before?: string) => {
    const { path } = newRepository({
      ...(script !== undefined && { 'cli/commands/check.ts': '// a command', 'cli/crosswind.mjs': script }),
      'package.json': '{}',
      ...more,
    });
    return baseVerdict({
      ...(before !== undefined && { before }),
      ...{ base: 'main', clone: cloneAt(path), directory: '/assembly', sourceRoot: '/source', head: green },
      signal: new AbortController().signal,
    });
  };
  const printing = (value: unknown, code = 1) =>
    `import { writeFileSync } from 'node:fs'; writeFileSync(1, ${JSON.stringify(JSON.stringify(value))}); process.exitCode = ${code};`;

  const echo = `const fix = process.argv.slice(2).join(' ') + ' in ' + process.cwd();
console.log(JSON.stringify({ version: 1, findings: [{ ...${JSON.stringify(finding('OBS-2'))}, fix }], waived: [], notes: [] }));`;

  test('judges the assembly of the change from its own checkout', async () => {
    const { findings } = await verdict(echo);
    expect(findings[0]?.fix).toMatch(
      /^check --json --assembly \/assembly --file \/assembly\/platform.yaml --source \/source in .*crosswind-test/,
    );
  });

  test.each<[string, Readonly<Record<string, string>>, string | undefined, string]>([
    [
      'compares data with what the base deploys',
      { 'cli/check/data-findings.ts': '' },
      '/before',
      ' --before /before in ',
    ],
    ['of a version that compares none is not asked for it', {}, '/before', ' --source /source in '],
    ['is not asked for it if nobody knows', { 'cli/check/data-findings.ts': '' }, undefined, ' --source /source in '],
  ])('%s', async (_, files, before, part) => {
    const { findings } = await verdict(echo, files, before);
    expect(findings[0]?.fix).toContain(part);
  });

  test('that finds nothing adds nothing', async () => {
    expect(await verdict(printing(green, 0))).toEqual({ findings: [], notes: [] });
  });

  test('older than this command is a note', async () => {
    expect(await verdict(undefined)).toEqual({
      findings: [],
      notes: ['main has no `crosswind check` yet, so its rules were not asked'],
    });
  });

  test.each<[string, string, string]>([
    ['fails', 'throw new Error("no such thing");', 'no such thing'],
    ['prints no report', 'console.log("hello");', 'hello'],
    ['prints a report of another version', printing({ version: 2, findings: [] }, 0), '"version":2'],
    ['prints a report and fails', printing(green, 2), '"version":1'],
  ])('that %s is an error: nobody has judged then', async (_, script, part) => {
    const { findings } = await verdict(script);
    expect(findings.map(({ id, severity, by }) => [id, severity, by])).toEqual([['POLICY-1', 'error', 'base']]);
    expect(findings[0]?.message).toContain(part);
  });
});
