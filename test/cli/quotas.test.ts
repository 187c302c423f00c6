import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { limitNames } from '@crosswind/aws/quotas';
import type { Io } from '../../cli/io.ts';
import { crosswind as command } from '../../cli/main.ts';
import { clearLine } from '../../cli/terminal.ts';
import type { QuotaUse } from '../../cli/quotas/quota-use.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';
import { crosswind } from './crosswind.ts';

const { root } = clone;

const quotas = (...args: readonly string[]) => crosswind('quotas', '--file', platformFile, ...args);

const usesIn = (stdout: string): readonly QuotaUse[] =>
  (JSON.parse(stdout) as { readonly limits: readonly QuotaUse[] }).limits;

/** The platform with one tenant in so many waves, each with an approval of its own: two stages of the pipeline. */
function withWaves(count: number): string {
  const { accounts, ...platform } = parse(readFileSync(join(root, 'test/stage-counts.yaml'), 'utf8')) as {
    readonly accounts: readonly { readonly name: string }[];
  };
  const waves = Array.from({ length: count }, (_, index) => `wave-${index}`);
  const own = accounts.filter(({ name }) => name === 'tooling' || name === 'monitoring');
  const others = waves.map((wave, index) => ({
    name: `in-${wave}`,
    id: String(500_000_000_000 + index),
    email: `aws+${wave}@example.com`,
    organizationalUnit: 'Workloads',
  }));
  const placed = Object.fromEntries(waves.map((wave) => [wave, { only: `in-${wave}` }]));
  const file = join(temporaryDirectory(), 'platform.yaml');
  const tenants = [{ name: 'mirror', workload: 'echo', owner: 'letters-team', waves: placed }];
  const written = {
    ...platform,
    waves: waves.map((name) => ({ name, approval: true })),
    accounts: [...own, ...others],
  };
  writeFileSync(file, stringify({ ...written, tenants }));
  return file;
}

/** Runs a command whose standard error is a terminal. */
async function onTerminal(...args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  let stderr = '';
  const io: Io = {
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text), isTTY: true },
    signals: { on: () => undefined, off: () => undefined },
    exit: () => undefined,
  };
  return { code: await command(args, io, clone), stderr };
}

/** The assembly with so many outputs in the stack of the pipeline. */
function withOutputs(count: number): string {
  const directory = join(temporaryDirectory(), 'cdk.out');
  cpSync(inject('assembly'), directory, { recursive: true });
  const file = join(directory, 'Crosswind.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, object>>;
  const outputs = Array.from({ length: count }, (_, index) => [`Output${index}`, { Value: 'x' }] as const);
  writeFileSync(file, JSON.stringify({ ...template, Outputs: Object.fromEntries(outputs) }));
  return directory;
}

describe('crosswind quotas', () => {
  test('prints every limit with what is used, what is left, where and by which page', async () => {
    const { code, stdout } = await quotas('--assembly', inject('assembly'));
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(limitNames.length + 1);
    expect(stdout).toMatch(
      /^ +\d+ % +\d+ +50 +\d+ +stages of a pipeline +PipelineEngine\w+ in stack Crosswind of account tooling \(111111111111\) +https:\/\/docs\.aws\.amazon\.com\/codepipeline\/latest\/userguide\/limits\.html$/m,
    );
  });

  test('gives them as data, the one with the least left first', async () => {
    const { code, stdout } = await quotas('--assembly', inject('assembly'), '--json');
    expect(code).toBe(0);
    const uses = usesIn(stdout);
    expect(uses.map(({ limit }) => limit).sort()).toEqual([...limitNames].sort());
    const shares = uses.filter(({ most }) => most > 1).map(({ used, most }) => used / most);
    expect(shares).toEqual([...shares].sort((one, other) => other - one));
    const bytes = uses.find(({ limit }) => limit === 'templateBytes');
    const templates = readdirSync(inject('assembly'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.template.json'),
    );
    const largest = Math.max(...templates.map((name) => statSync(join(inject('assembly'), name)).size));
    expect(bytes).toMatchObject({ used: largest, left: 1_000_000 - largest, state: 'fits', isAdjustable: false });
  });

  test('measures the account that runs several stacks by all of them', async () => {
    const { stdout } = await quotas('--assembly', inject('assembly'), '--json');
    // The baseline, alerts, the fleet and the tenant: four stacks of the monitoring account.
    expect(usesIn(stdout).find(({ limit }) => limit === 'stacks')).toMatchObject({ used: 4, state: 'fits' });
  });

  test('lists limits of one last, where one of one is by design', async () => {
    const { stdout } = await quotas('--assembly', inject('assembly'));
    const [, first = '', ...rest] = stdout.trimEnd().split('\n');
    expect(first).not.toContain('by design');
    expect(rest.slice(-2).sort()).toEqual([
      expect.stringMatching(/^ *100 % +by design +1 +1 +0 +Metrics Insights queries of a widget/),
      expect.stringMatching(/^ *100 % +by design +1 +1 +0 +sinks/),
    ]);
  });

  test.each([
    ['sinks', 1, 'account monitoring'],
    ['linksOfAccount', 1, 'account'],
    ['linksOfSink', 5, 'organization in us-east-1'],
    ['managedPolicy', undefined, 'stack crosswind-toolkit of account'],
  ])('measures the baseline, too: %s', async (limit, used, where) => {
    const { stdout } = await quotas('--assembly', inject('assembly'), '--json');
    const use = usesIn(stdout).find((each) => each.limit === limit);
    expect(use?.used).toBe(used ?? use?.used);
    expect(use?.used).toBeGreaterThan(0);
    expect(use?.where).toContain(where);
  });

  test('measures an assembly without a baseline as it is', async () => {
    const directory = withOutputs(1);
    rmSync(join(directory, 'baseline'), { recursive: true });
    const { code, stdout } = await quotas('--assembly', directory, '--json');
    expect(code).toBe(0);
    expect(usesIn(stdout).find(({ limit }) => limit === 'sinks')).toMatchObject({ used: 0 });
  });

  test.each([
    [158, 'fits', 0, ''],
    [160, 'near', 0, ''],
    [200, 'near', 0, ''],
    [201, 'over', 1, 'above the limits of AWS: outputs of a template'],
  ])('with %i of 200 outputs prints the state %s', async (count, state, code, message) => {
    const finished = await quotas('--assembly', withOutputs(count), '--json');
    expect(finished.code).toBe(code);
    expect(finished.stderr).toContain(message);
    const outputs = usesIn(finished.stdout).find(({ limit }) => limit === 'templateOutputs');
    expect(outputs).toMatchObject({ used: count, left: 200 - count, percent: Math.ceil(count / 2), state });
  });

  test('marks the row of a limit that is near', async () => {
    const { stdout } = await quotas('--assembly', withOutputs(160));
    expect(stdout).toMatch(/^ *80 % +near +160 +200 +40 +outputs of a template/m);
    expect(stdout.match(/ near /g)).toHaveLength(1);
  });

  test('synthesizes the platform of a file', async () => {
    const { code, stdout } = await quotas('--json');
    expect(code).toBe(0);
    expect(usesIn(stdout).find(({ limit }) => limit === 'pipelineActions')?.used).toBeGreaterThan(10);
  });

  test('prints the row that is exceeded of a platform that does not pass its synth for that', async () => {
    const { code, stdout, stderr } = await crosswind('quotas', '--file', withWaves(24));
    expect(code).toBe(1);
    expect(stderr).toContain('the platform does not pass its checks');
    expect(stderr).toContain('above the limits of AWS: stages of a pipeline');
    expect(stdout.trimEnd().split('\n')).toHaveLength(limitNames.length + 1);
    expect(stdout).toMatch(
      /^ *1\d\d % +over +5\d +50 +-\d +stages of a pipeline +PipelineEngine\w+ in stack Crosswind of account tooling/m,
    );
    expect(stdout.match(/ over /g)).toHaveLength(1);
  });

  test('says on a terminal what it is doing, and leaves nothing of that behind', async () => {
    const measured = await onTerminal('quotas', '--file', platformFile, '--assembly', inject('assembly'));
    expect(measured.code).toBe(0);
    const [reading, measuring, ...rest] = measured.stderr.split(clearLine);
    expect([reading, ...rest]).toEqual(['reading the assembly', '']);
    expect(measuring).toMatch(/^measuring \d+ stacks$/);
    const failed = await onTerminal('quotas', '--file', platformFile, '--assembly', temporaryDirectory());
    expect(failed.stderr.split(clearLine)).toEqual(['reading the assembly', expect.stringContaining('manifest.json')]);
    expect(await quotas('--assembly', inject('assembly'))).toMatchObject({ stderr: '' });
  });

  test('ends with exit code 1 for a directory that is no assembly', async () => {
    const { code, stdout, stderr } = await quotas('--assembly', temporaryDirectory());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('manifest.json');
  });
});
