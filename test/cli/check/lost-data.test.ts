import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import type { CheckReport } from '../../../cli/check/check-report.ts';
import { type DeployedBefore, lostData } from '../../../cli/check/deployed-before.ts';
import { judgeInputs } from '../../../cli/check/judge-inputs.ts';
import { RunFailed } from '../../../cli/failure.ts';
import { planSide } from '../../../cli/plan/plan-side.ts';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { platformFile as fileOfPlatform } from '../../../config/platform-file.ts';
import { platformFile } from '../../platform-file.ts';
import { clone } from '../../workloads.ts';
import { crosswind } from '../crosswind.ts';
import { changedAssembly, removeResource } from '../plan/assemblies.ts';

const logs = 'Crosswind/Artifacts/AccessLogs/Resource';

/** The example without a bucket of the pipeline, which its platform may allow until a day. */
function withoutBucket(until?: string): string {
  const directory = changedAssembly(inject('assembly'), {
    Crosswind: (template) => {
      removeResource(template, 'ArtifactsAccessLogsPolicy');
      removeResource(template, 'ArtifactsAccessLogs');
    },
  });
  if (until !== undefined) {
    const allowance = `\nallowances:\n  - resource: '${logs}'\n    reason: Nobody reads these logs any more.\n    until: '${until}'\n`;
    appendFileSync(join(directory, fileOfPlatform), allowance);
  }
  return directory;
}

const check = async (after: string, before: string, file = join(after, fileOfPlatform)) => {
  const { stdout, stderr, code } = await crosswind(
    ...['check', '--json', '--file', file, '--assembly', after, '--before', before],
  );
  const { findings } = JSON.parse(stdout) as Partial<CheckReport>;
  return { code, stderr, findings: findings ?? [], lost: findings?.filter(({ id }) => id === 'DATA-1') };
};

describe('data that a change deletes', () => {
  test('turns the check red, with the allowance to add', async () => {
    const { code, lost } = await check(withoutBucket(), inject('assembly'));
    expect(code).toBe(1);
    expect(lost).toMatchObject([
      { severity: 'error', paths: [logs], accounts: ['111111111111'], count: 1, by: 'head' },
    ]);
    expect(lost?.[0]?.message).toMatch(
      /^Deleted: AWS::S3::Bucket Crosswind\/Artifacts\/AccessLogs in tooling: the old one with its objects stays in the account, where nothing uses it any more\.$/,
    );
    expect(lost?.[0]?.fix).toMatch(
      /^Keep the resource\. If its data may go, add to `allowances` of platform\.yaml, with the reason: - \{ resource: 'Crosswind\/Artifacts\/AccessLogs\/Resource', reason: '', until: '\d{4}-\d\d-\d\d' \}$/,
    );
  });

  test('may go with an allowance', async () => {
    expect((await check(withoutBucket('2999-12-31'), inject('assembly'))).lost).toEqual([]);
  });

  test('stops again when the last day of its allowance has passed', async () => {
    const { lost } = await check(withoutBucket('2026-01-01'), inject('assembly'));
    expect(lost).toMatchObject([
      { message: expect.stringContaining('The allowance has ended on 2026-01-01.') as string },
    ]);
  });

  test('is found by the platform of the clone, whatever the assembly allows', async () => {
    const { findings } = await check(withoutBucket('2999-12-31'), inject('assembly'), platformFile);
    expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['DATA-1', 'POLICY-4']));
  });

  test('is none where a change adds it, or changes nothing', async () => {
    expect((await check(inject('assembly'), withoutBucket())).lost).toEqual([]);
    expect(await check(inject('assembly'), inject('assembly'))).toMatchObject({ code: 0, findings: [] });
  });

  test('is asked of an assembly only', async () => {
    const { code, stderr } = await check(inject('assembly'), '/nowhere');
    expect(stderr).toContain('--before /nowhere is no cloud assembly');
    expect(code).toBe(1);
    const before = withoutBucket();
    rmSync(join(before, fileOfPlatform));
    expect((await check(inject('assembly'), before)).stderr).toContain(fileOfPlatform);
  });

  test.each<[string, () => DeployedBefore | RunFailed, () => string, string]>([
    [
      'a base that does not synthesize',
      () => new RunFailed('main does not'),
      () => inject('assembly'),
      'main does not',
    ],
    ['an assembly that cannot be read', () => before(), () => '/nowhere', '/nowhere'],
  ])('is an error that nobody can say, with %s', (_, deployed, after, message) => {
    const findings = lostData(deployed(), after(), judgeInputs({ clone, file: platformFile, now: new Date() }));
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['POLICY-1', 'error']]);
    expect(findings[0]?.message).toContain(message);
  });
});

const before = (): DeployedBefore => {
  const directory = inject('assembly');
  return { directory, side: planSide('main', platformIn(directory), directory, undefined) };
};
