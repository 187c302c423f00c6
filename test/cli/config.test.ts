import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cloneAt } from '../../blocks/discover-workloads.ts';
import { platformFile } from '../platform-file.ts';
import { scheduledText } from '../scheduled-platform.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { commandLineOn, crosswind } from './crosswind.ts';

function fileWith(text: string): string {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, text);
  return file;
}

describe('crosswind config', () => {
  test('prints what the shipped file deploys, wave after wave', async () => {
    const { code, stdout } = await crosswind('config', platformFile);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^valid test\/platform\.yaml\n/);
    expect(stdout).toMatch(/Wave 1: dev\n.*parent word-parent-dev 333333333333, child word-child-dev 444444444444\n/);
    expect(stdout).toMatch(/Wave 2: prod, after an approval\n(.*\n)*.*"?years"? \[2022,2023,2024\]/);
    expect(stdout.indexOf('Wave 1')).toBeLessThan(stdout.indexOf('Wave 2'));
  });

  test('says which tenants start by themselves, and when', async () => {
    const file = fileWith(scheduledText);
    const [shipped, scheduled, data] = await Promise.all([
      crosswind('config', platformFile),
      crosswind('config', file),
      crosswind('config', file, '--json'),
    ]);
    expect(shipped.stdout).not.toContain('starts by itself');
    expect(scheduled.stdout.match(/starts by itself: .*/g)).toEqual([
      'starts by itself: cron(0 6 1 * ? *) in Europe/Berlin',
    ]);
    const schedule = { expression: 'cron(0 6 1 * ? *)', timezone: 'Europe/Berlin' };
    expect(JSON.parse(data.stdout)).toMatchObject({ plan: { waves: [{ deployments: [{ schedule }] }, {}] } });
  });

  test('says of placements that are not deployed, or stay as they are, why', async () => {
    const text = platformText
      .replace("id: '444444444444'", "id: '444444444444'\n    state: pending")
      .replace('approval: true', 'frozen: true');
    const { code, stdout } = await crosswind('config', fileWith(text));
    expect(code).toBe(0);
    expect(stdout).toContain('not deployed: account word-child-dev is pending');
    expect(stdout).toContain('stays as it is: wave prod is frozen');
  });

  test('gives the plan as data', async () => {
    const { code, stdout } = await crosswind('config', platformFile, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      plan: {
        pipeline: { name: 'tooling', id: '111111111111' },
        waves: [
          { name: 'dev', approval: false, deployments: [{ tenant: 'word-count', freezes: [] }], withheld: [] },
          { name: 'prod', approval: true },
        ],
      },
    });
  });

  test('prints twelve mistakes as twelve problems, with line and column', async () => {
    const text = platformText
      .replace('id: o-exampleorg1', 'id: exampleorg1')
      .replace('account: tooling', 'account: toling')
      .replace('approval: true', 'approval: yes\n  - name: canary')
      .replace("id: '222222222222'", 'id: 022222222222')
      .replace('organizationalUnit: Workloads', 'organisationalUnit: Workloads')
      .replace("id: '444444444444'", "id: '333333333333'")
      .replace('email: aws+word-child-dev@example.com', 'email: aws+word-parent-dev@example.com')
      .replace("id: '666666666666'", "id: '666666666666'\n    region: eu-west-1")
      .replace('owner: letters-team', "owner: ''")
      .replace('child: word-child-dev', 'child: word-child-div')
      .replace('batchSize: 500', 'batchSize: 5000');
    const file = fileWith(text);
    const { code, stdout, stderr } = await crosswind('config', file);
    const problems = stderr.trimEnd().split('\n');
    expect({ code, stdout, problems: problems.length }).toEqual({ code: 1, stdout: '', problems: 12 });
    const lines = text.split('\n');
    for (const problem of problems) {
      const [, place = '', line = 0, column = 0] =
        /^(.*platform\.yaml):(\d+):(\d+) .+ \(got .+; expected .+; .+\)$/.exec(problem) ?? [];
      expect(place, problem).toBe(file);
      expect(lines[Number(line) - 1]?.[Number(column) - 1], problem).toMatch(/\S/);
    }
  });

  test('gives problems as data, and the same lines on standard error', async () => {
    const file = fileWith(platformText.replace('region: us-east-1', 'region: Ireland'));
    const { code, stdout, stderr } = await crosswind('config', file, '--json');
    expect(code).toBe(1);
    const problem = { file, what: 'region is none of the choices', got: 'Ireland', column: 9 };
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [problem] });
    expect(stderr).toContain('region is none of the choices (got Ireland;');
  });

  test('writes the schema of editors to a file, and leaves that where a contract is wrong', async () => {
    const file = join(temporaryDirectory(), 'platform.schema.json');
    expect(await crosswind('config', platformFile, '--schema', '--out', file)).toMatchObject({ code: 0, stdout: '' });
    const schema = readFileSync(file, 'utf8');
    expect(schema).toBe((await crosswind('config', platformFile, '--schema')).stdout);
    const root = temporaryDirectory();
    mkdirSync(join(root, 'services/rain'), { recursive: true });
    writeFileSync(join(root, 'services/rain/contract.ts'), 'throw new Error("wet");');
    const broken = commandLineOn({ clone: cloneAt(root), platformFile, assembly: () => root });
    expect(await broken.crosswind('config', platformFile, '--schema', '--out', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('wet') as string,
    });
    expect(readFileSync(file, 'utf8')).toBe(schema);
  });

  test.each([
    ['Windows-1252', Buffer.from(`# Zürich\n${platformText}`, 'latin1'), ':1:4 the file is not in UTF-8, perhaps in'],
    ['UTF-16', Buffer.from(`\uFEFF${platformText}`, 'utf16le'), ':1:1 the file is not in UTF-8, but in UTF-16'],
  ])('refuses a file in %s, and no command rewrites it', async (_, bytes, problem) => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    writeFileSync(file, bytes);
    for (const args of [
      ['config', file],
      ['account', 'remove', 'tooling'],
      ['tenant', 'remove', 'word-count'],
    ]) {
      const named = args[0] === 'config' ? args : [...args, '--file', file];
      expect(await crosswind(...named)).toMatchObject({ code: 1, stderr: expect.stringContaining(problem) as string });
    }
    const { stdout } = await crosswind('config', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ line: 1, expected: 'a text in UTF-8' }] });
    expect(readFileSync(file)).toEqual(bytes);
  });

  test.each([
    ['no/platform.yaml', 'there is no such file; name the platform.yaml of your clone, or leave the file out'],
    ['folder.yaml', 'it is a directory; name the platform.yaml of your clone, or leave the file out'],
  ])('says what to do where %s cannot be read', async (name, problem) => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'folder.yaml'));
    const { code, stderr } = await crosswind('config', join(directory, name));
    expect(code).toBe(1);
    expect(stderr).toContain(problem);
  });

  test('names the account that has to share the connection', async () => {
    const theirs = platformText.replace(':111111111111:connection', ':999999999999:connection');
    const [own, other] = await Promise.all([crosswind('config', platformFile), crosswind('config', fileWith(theirs))]);
    expect(own.stdout).not.toContain('share');
    expect(other.stdout).toContain('over a connection that 999999999999 must share with it through AWS RAM');
  });

  test('ends with exit code 1 for a file that cannot be read', async () => {
    const { code, stderr } = await crosswind('config', 'no/such/platform.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('cannot read no/such/platform.yaml');
  });
});
