import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { planJsonSchema, planSchema, type Plan } from '../../../cli/plan/schema/plan-schema.ts';
import { platformFile } from '../../platform-file.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { crosswind, startCrosswind } from '../crosswind.ts';
import { type Changes, changedAssembly, removeResource, resourceOf } from './assemblies.ts';

const plan = (...args: readonly string[]) => crosswind('plan', '--file', platformFile, ...args);

const logs = 'Crosswind/Artifacts/AccessLogs/Resource';

/** A change of a stage, so that old stages meet new ones and runs are simulated. */
const moreMemory: Changes = {
  'Crosswind/dev-word-count/Child': (template) => {
    resourceOf(template, 'ChildCountCC').Properties['MemorySize'] = 2048;
  },
};

/** A head without a bucket of the pipeline, which may allow it. */
function withoutBucket(until?: string, others: Changes = {}): string {
  const directory = changedAssembly(inject('assembly'), {
    Crosswind: (template) => {
      removeResource(template, 'ArtifactsAccessLogsPolicy');
      removeResource(template, 'ArtifactsAccessLogs');
    },
    ...others,
  });
  const allowance = [
    'allowances:',
    `  - resource: 'Crosswind/Artifacts/*/Resource'`,
    '    reason: Its objects are in another bucket by now.',
    `    until: '${until ?? ''}'`,
  ];
  if (until !== undefined) appendFileSync(join(directory, 'platform.yaml'), `\n${allowance.join('\n')}\n`);
  return directory;
}

describe('crosswind plan', () => {
  test('fails on data that goes, and writes the plan all the same', async () => {
    const out = join(temporaryDirectory(), 'plan');
    const { code, stdout, stderr } = await plan(
      ...['--base', inject('assembly'), '--assembly', withoutBucket(undefined, moreMemory), '--markdown', '--out', out],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^## Plan: stop, data goes \(1\)\n\n### Stop\n\n- \*\*Deleted\*\*: `AWS::S3::Bucket`/);
    expect(stdout).toBe(readFileSync(join(out, 'plan.md'), 'utf8'));
    expect(stderr).toBe(
      `the change deletes or replaces what holds data, and platform.yaml does not allow it: ${logs}; keep the resource, or add the allowance that the plan prints\n`,
    );
    const written = planSchema.parse(JSON.parse(readFileSync(join(out, 'plan.json'), 'utf8')));
    expect(written).toMatchObject({ version: 1, stops: [{ by: 'deletion', places: [{ path: logs }] }] });
    expect(written.contract.checks).toMatchObject([
      { tenant: 'word-count', changedStages: ['child'], differences: [] },
    ]);
    expect(written.runs.estimates).toMatchObject([{ tenant: 'word-count', wave: 'dev', workload: 'word-count' }]);
  });

  test.each([
    ['passes with an allowance of the change', '2999-12-31', 0, '**Allowed**'],
    ['fails again when its last day has passed', '2026-01-01', 1, 'The allowance has ended on `2026-01-01`'],
  ])('%s', async (_, until, expected, text) => {
    const { code, stdout } = await plan(
      ...['--base', inject('assembly'), '--assembly', withoutBucket(until), '--markdown'],
    );
    expect(code).toBe(expected);
    expect(stdout).toContain(text);
  });

  test('says that nothing changes, on a terminal and as JSON', async () => {
    const same = ['--base', inject('assembly'), '--assembly', inject('assembly')];
    expect(await plan(...same)).toMatchObject({ code: 0, stdout: 'Plan: no change\n' });
    const { code, stdout } = await plan(...same, '--json');
    const { stops, access, trust, resources } = JSON.parse(stdout) as Plan;
    expect(code).toBe(0);
    expect({ stops, access, resources }).toEqual({ stops: [], access: [], resources: [] });
    expect(trust.every(({ change }) => change === 'same')).toBe(true);
  });

  test('leaves no plan of another change where it fails', async () => {
    const out = temporaryDirectory();
    for (const name of ['plan.json', 'plan.md']) writeFileSync(join(out, name), 'of another change');
    const { code } = await plan('--base', inject('assembly'), '--assembly', '/nowhere', '--out', out);
    expect(code).toBe(1);
    expect(readdirSync(out)).toEqual([]);
  });

  test('has a schema, which is the one that is committed', async () => {
    const { code, stdout } = await plan('--schema');
    expect({ code, stdout }).toEqual({ code: 0, stdout: planJsonSchema() });
    const stale = 'docs/plan.schema.json is stale: run `npx crosswind plan --schema > docs/plan.schema.json`';
    expect(readFileSync('docs/plan.schema.json', 'utf8'), stale).toBe(planJsonSchema());
  });

  test.each<[string, readonly string[], string]>([
    ['no base', [], '--base is missing: name a git ref such as origin/main, or the output of `npx cdk synth`'],
    [
      'two outputs',
      ['--base', 'main', '--json', '--markdown'],
      '--json and --markdown are two outputs: give one of them, or --out for both',
    ],
    [
      'an assembly that is none',
      ['--base', 'main', '--assembly', '/nowhere'],
      '--assembly /nowhere is no cloud assembly: name the output of `npx cdk synth`',
    ],
  ])('refuses %s', async (_, args, message) => {
    expect(await plan(...args)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^($|\{)/) as string });
    expect((await plan(...args)).stderr).toBe(`${message}\n`);
  });

  test('ends at once when it is interrupted, and writes nothing', async () => {
    const out = join(temporaryDirectory(), 'plan');
    const after = changedAssembly(inject('assembly'), moreMemory);
    const command = startCrosswind(
      ...['plan', '--file', platformFile, '--base', inject('assembly'), '--assembly', after, '--out', out],
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    command.signal('SIGINT');
    expect((await command.finished).code).toBe(130);
    expect(existsSync(join(out, 'plan.json'))).toBe(false);
  });
});
