import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type OpenOrganization, inSandbox } from '../onboarding/organization-laboratories.ts';
import { platformTextWith } from '../onboarding/platform-with.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswindIn } from './crosswind.ts';
import { withoutSdkWarning } from './sdk-warning.ts';

const names = ['tooling', 'monitoring', 'wind-a', 'wind-b'];

async function organization(): Promise<OpenOrganization> {
  const open = await inSandbox(names.map((name) => ({ name, unit: 'Workloads' })));
  onTestFinished(() => open.close());
  return open;
}

function fileOf(open: OpenOrganization, unit: (name: string) => string): string {
  const file = join(temporaryDirectory(), 'platform.yaml');
  const accounts = names.map((name) => ({
    name,
    id: open.ids.get(name) ?? '',
    email: `${name}@example.com`,
    organizationalUnit: unit(name),
  }));
  writeFileSync(file, platformTextWith(open, accounts));
  return file;
}

describe('crosswind organization check', () => {
  test('ends with exit code 0 where file and AWS agree', async () => {
    const open = await organization();
    const { code, stdout } = await crosswindIn(
      open.environment,
      'organization',
      'check',
      '--file',
      fileOf(open, () => 'Workloads'),
    );
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^no difference: 5 accounts in AWS, 4 in /) as string,
    });
  });

  test('ends with exit code 1 and the place of each difference', async () => {
    const open = await organization();
    const file = fileOf(open, (name) => (name === 'wind-b' ? 'Elsewhere' : 'Workloads'));
    const { code, stdout, stderr } = await crosswindIn(open.environment, 'organization', 'check', '--file', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /platform\.yaml:\d+:25 account "wind-b" has another unit in AWS \(got 'Elsewhere'; expected Workloads, as in AWS; correct the file, or change it in AWS\)\n$/,
    );
    expect(stderr).toContain('1 differences: 5 accounts in AWS');
    const { stdout: json } = await crosswindIn(open.environment, 'organization', 'check', '--file', file, '--json');
    expect(JSON.parse(json)).toMatchObject({ organization: 'o-simulated1', differences: [{ kind: 'unit' }] });
  });

  test('ends with exit code 2 and says what to set where there are no credentials', async () => {
    const nothing = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_PROFILE: undefined,
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: temporaryDirectory(),
    };
    const { code, stdout, stderr } = await crosswindIn(nothing, 'organization', 'check', '--file', platformFile);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(withoutSdkWarning(stderr)).toMatch(/^found no AWS credentials .*\nset AWS_PROFILE, or AWS_ACCESS_KEY_ID/);
  });
});
