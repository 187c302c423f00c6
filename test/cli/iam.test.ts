import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Judgement } from '@crosswind/iam/cases/judge';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind, type Finished } from './crosswind.ts';

const reading = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
const asked = (name: string, action: string, Effect = 'Allow') => ({
  name,
  request: {
    principal: 'arn:aws:iam::444455556666:user/ada',
    action,
    resource: 'arn:aws:s3:::winds/a.csv',
    context: {},
  },
  policies: { identity: [{ name: 'policy P', document: { ...reading, Statement: { ...reading.Statement, Effect } } }] },
});

/** Runs the command over the text in a directory of its own. */
async function decided(text: string): Promise<Finished & { readonly directory: string; readonly report: string }> {
  const directory = temporaryDirectory();
  const [cases, report] = [join(directory, 'cases.json'), join(directory, 'report.json')];
  writeFileSync(cases, text);
  return { ...(await crosswind('iam', '--cases', cases, '--report', report)), directory, report };
}

describe('crosswind iam', () => {
  test('writes a decision with its reasons for every case', async () => {
    const cases = [
      asked('reads', 's3:GetObject'),
      asked('may not read', 's3:GetObject', 'Deny'),
      asked('writes', 's3:PutObject'),
      asked('flies', 's3:FlyObject'),
    ];
    const { code, stdout, directory, report } = await decided(JSON.stringify(cases));
    expect(code).toBe(0);
    expect(stdout).toBe(
      `4 cases, 1 Allowed, 1 ExplicitlyDenied, 1 ImplicitlyDenied, 1 Undecidable, written to ${report}\n`,
    );
    const judgements = JSON.parse(readFileSync(report, 'utf8')) as readonly Judgement[];
    const ada = 'user arn:aws:iam::444455556666:user/ada';
    const object = 'on arn:aws:s3:::winds/a.csv of account 444455556666';
    expect(judgements).toEqual([
      { name: 'reads', decision: 'Allowed', reasons: ['allowed by statement 1 of policy P'] },
      {
        name: 'may not read',
        decision: 'ExplicitlyDenied',
        reasons: [`${ada} is explicitly denied s3:GetObject ${object} by statement 1 of policy P`],
      },
      {
        name: 'writes',
        decision: 'ImplicitlyDenied',
        reasons: [`${ada} lacks s3:PutObject ${object}: no statement of its identity policies names s3:PutObject`],
      },
      {
        name: 'flies',
        decision: 'Undecidable',
        reasons: ['the service authorization reference has no action s3:FlyObject'],
      },
    ]);
    expect(readdirSync(directory).sort()).toEqual(['cases.json', 'report.json']);
  });

  test('says where a bad file is bad, and writes nothing', async () => {
    const wrong = asked('reads', 's3:GetObject', 'allow');
    const { code, stderr, directory, report } = await decided(JSON.stringify([asked('reads', 's3:GetObject'), wrong]));
    expect(code).toBe(1);
    const file = join(directory, 'cases.json');
    const column = readFileSync(file, 'utf8').lastIndexOf('"allow"') + 1;
    expect(stderr).toBe(
      `${file}:1:${column} [1].policies.identity[0].document.Statement.Effect: invalid option: expected one of "Allow"|"Deny", got "allow"\n`,
    );
    expect(existsSync(report)).toBe(false);
  });

  test.each<[string, object, string, string]>([
    [
      'one document in place of levels',
      { scps: reading },
      '[0].policies.scps: expected a list of levels from the root on, each a list of policies: [[…], …], got {"Version"',
      '11:15',
    ],
    [
      'one document in place of levels of resource control policies',
      { rcps: reading },
      '[0].policies.rcps: expected a list of levels from the root on, each a list of policies: [[…], …], got {"Version"',
      '11:15',
    ],
    [
      'a document that only denies among levels',
      { scps: [[reading], { ...reading, Statement: { ...reading.Statement, Effect: 'Deny' } }] },
      '[0].policies.scps[1]: expected a list of policies, as for the other levels, got a document that only denies',
      '22:9',
    ],
    [
      'a resource that IAM refuses',
      { boundary: { ...reading, Statement: [reading.Statement, { ...reading.Statement, Resource: 'arn:aws:*:::x' }] } },
      '[0].policies.boundary.Statement[1]: statement 2 of permissions boundary: the service of arn:aws:*:::x must be',
      '19:11',
    ],
    [
      'a condition whose operator is __proto__',
      {
        boundary: JSON.parse(
          '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"a":"b"}}}}',
        ) as object,
      },
      '[0].policies.boundary.Statement: statement 1 of permissions boundary: unknown condition operator "__proto__"',
      '12:22',
    ],
  ])('says at which line and column there is %s', async (_, policies, message, place) => {
    const text = JSON.stringify([{ ...asked('reads', 's3:GetObject'), policies }], null, 2);
    const { code, stderr, directory } = await decided(text);
    expect(code).toBe(1);
    expect(stderr).toContain(`${join(directory, 'cases.json')}:${place} ${message}`);
  });

  test('refuses a condition that a second one of the same statement would replace', async () => {
    const text = JSON.stringify([{ ...asked('reads', 's3:GetObject'), policies: { identity: [reading] } }]);
    const twice = text.replace('"Resource":"*"', '"Resource":"*",\n"Condition":{"Bool":{"a":true}},\n"Condition":{}');
    const { code, stderr, directory } = await decided(twice);
    expect(code).toBe(1);
    const place = `${join(directory, 'cases.json')}:3:1`;
    expect(stderr).toBe(`${place} key "Condition" is already in this object on line 2; keep one of them\n`);
  });

  test('says which documents are no level of their own', async () => {
    const denial = { ...reading, Statement: { ...reading.Statement, Effect: 'Deny', Action: 's3:PutObject' } };
    const flat = { ...asked('flat', 's3:GetObject').policies, scps: [reading, denial] };
    const nested = { ...flat, scps: [[reading, denial]] };
    const cases = [flat, nested].map((policies) => ({ ...asked('reads', 's3:GetObject'), policies }));
    const { code, stdout, stderr } = await decided(JSON.stringify(cases));
    expect(code).toBe(0);
    expect(stdout).toContain('2 cases, 2 Allowed');
    expect(stderr).toContain('note: [0].policies.scps[1]: a document that only denies counts with the first level');
  });

  test('decides by AWS managed policies and resource control policies', async () => {
    const identity = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
    const denial = {
      name: 'policy Perimeter',
      document: {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Principal: '*', Action: 's3:Get*', Resource: '*' },
      },
    };
    const cases = [{ identity }, { identity, rcps: [[], [denial]] }].map((policies) => ({
      ...asked('reads', 's3:GetObject'),
      policies,
    }));
    const { report } = await decided(JSON.stringify(cases));
    const judgements = JSON.parse(readFileSync(report, 'utf8')) as readonly Judgement[];
    expect(judgements.map(({ decision }) => decision)).toEqual(['Allowed', 'ExplicitlyDenied']);
    expect(judgements[0]?.reasons[0]).toContain('of managed policy ReadOnlyAccess');
    expect(judgements[1]?.reasons[0]).toContain('by statement 1 of policy Perimeter at level 2');
  });

  test('leaves the report of an earlier run as it was when the file is bad', async () => {
    const directory = temporaryDirectory();
    const [cases, report] = [join(directory, 'cases.json'), join(directory, 'report.json')];
    writeFileSync(cases, '[');
    writeFileSync(report, 'earlier');
    const { code, stderr } = await crosswind('iam', '--cases', cases, '--report', report);
    expect(code).toBe(1);
    expect(stderr).toContain(`${cases}:1:2 is not JSON: `);
    expect(readFileSync(report, 'utf8')).toBe('earlier');
  });

  test.each([
    [
      'cases that are not there',
      '/nowhere/cases.json',
      'report.json',
      'cannot read /nowhere/cases.json: expected a JSON file of cases (ENOENT',
    ],
    ['a report that has no place', 'cases.json', 'nowhere/report.json', '--report cannot be written: ENOENT'],
  ])('refuses %s', async (_, cases, report, message) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'cases.json'), '[]');
    const at = (file: string): string => (file.startsWith('/') ? file : join(directory, file));
    const { code, stderr } = await crosswind('iam', '--cases', at(cases), '--report', at(report));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test.each([
    ['Windows-1252', 'latin1', '1:12 the file is not in UTF-8, perhaps in Windows-1252 (got the byte 0xfc'],
    ['UTF-16', 'utf16le', '1:1 the file is not in UTF-8, but in UTF-16 or UTF-32'],
  ] as const)('refuses cases in %s at line and column', async (_, encoding, problem) => {
    const cases = join(temporaryDirectory(), 'cases.json');
    const text = JSON.stringify([asked('Zürich', 's3:GetObject')]);
    writeFileSync(cases, Buffer.from(text, encoding));
    const { code, stderr } = await crosswind('iam', '--cases', cases, '--report', `${cases}.report`);
    expect(stderr).toContain(`${cases}:${problem}`);
    expect(code).toBe(1);
    expect(existsSync(`${cases}.report`)).toBe(false);
    expect(await decided(text)).toMatchObject({ code: 0 });
  });

  test('shows an example that it decides', async () => {
    const { stdout } = await crosswind('iam', '--help');
    const example = stdout.slice(stdout.indexOf('\n[\n'), stdout.indexOf('\n]\n') + 3);
    const { code, report } = await decided(example);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject([{ decision: 'Allowed' }]);
  });
});
