import { describe, expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Platform } from '../../config/schema.ts';
import { changed, platformText } from './platform-text.ts';

function platformIn(text: string): Platform {
  const parsed = parsePlatform(text);
  if (!parsed.ok) throw new Error(problemsIn(text).join('\n'));
  return parsed.platform;
}

function problemsIn(text: string): readonly string[] {
  const parsed = parsePlatform(text);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
}

describe('a valid file', () => {
  test('becomes a platform with every value that it names', () => {
    const { region, accounts, waves, tenants } = platformIn(platformText);
    expect(region).toBe('eu-west-1');
    expect(accounts.map(({ id }) => id)).toContain('022222222222');
    expect(waves).toEqual([
      { name: 'dev', approval: false },
      { name: 'prod', approval: true },
    ]);
    expect(tenants[0]?.waves['prod' as keyof (typeof tenants)[0]['waves']]?.settings).toMatchObject({
      batchSize: 100,
      years: [2022, 2023],
    });
  });

  test('gets defaults for what it leaves out', () => {
    const { pipeline, tenants } = platformIn(platformText);
    expect(pipeline.branch).toBe('main');
    expect(Object.values(tenants[0]?.waves ?? {})[0]?.settings).toEqual({
      batchSize: 500,
      maxConcurrency: 1000,
      toleratedFailurePercentage: 5,
      memoryMegabytes: 1024,
      years: [2022],
      logRetentionDays: 30,
      partialRetentionDays: 14,
    });
  });

  test.each([
    ['lines that end as on Windows', platformText.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${platformText}`],
  ])('may have %s', (_, text) => {
    expect(platformIn(text)).toEqual(platformIn(platformText));
  });
});

const digits = 'must be exactly 12 digits in quotes, e.g. "111122223333"';
const name = 'must be 1 to 30 lower-case letters, digits or hyphens, starting with a letter';
const settings = 'tenants.0.waves.prod.settings';

describe('a problem is reported with its line, its column and what would be right:', () => {
  test.each([
    [
      'an account id without quotes',
      `'022222222222'`,
      '022222222222',
      `22:9 accounts.1.id ${digits} (got 022222222222)`,
    ],
    ['an account id that is too short', `'022222222222'`, `'0222'`, `22:9 accounts.1.id ${digits} (got 0222)`],
    [
      'a management account without quotes',
      `'999999999999'`,
      '999999999999',
      `3:22 organization.managementAccount ${digits} (got 999999999999)`,
    ],
    [
      'an organization id',
      'o-exampleorg1',
      'example',
      '2:7 organization.id must be an AWS Organizations id such as o-exampleorg1 (got example)',
    ],
    [
      'a region',
      'region: eu-west-1',
      'region: Ireland',
      '4:9 region must be an AWS region such as us-east-1 (got Ireland)',
    ],
    [
      'a repository',
      'example-org/platform',
      'platform',
      '7:15 pipeline.repository must be owner/name of the repository (got platform)',
    ],
    [
      'a connection',
      'arn:aws:codeconnections:eu-west-1:111111111111:connection/1',
      'github',
      '8:15 pipeline.connection must be the ARN of a CodeConnections connection (got github)',
    ],
    [
      'an e-mail address',
      'tooling@example.com',
      'tooling',
      '19:12 accounts.0.email must be an e-mail address (got tooling)',
    ],
    ['an account name', 'name: child-dev', 'name: Child_Dev', `25:11 accounts.2.name ${name} (got Child_Dev)`],
    [
      'a workload that is none',
      'workload: wind-speed',
      'workload: rain',
      '39:15 tenants.0.workload invalid input: expected "wind-speed" (got rain)',
    ],
    [
      'an owner that is empty',
      'owner: weather-team',
      `owner: ''`,
      `40:12 tenants.0.owner must name the team that owns the tenant (got "")`,
    ],
    [
      'text for a boolean',
      'approval: true',
      'approval: yes',
      '15:15 waves.1.approval invalid input: expected boolean, received string (got yes)',
    ],
    [
      'a number for a list',
      'years: [2022, 2023]',
      'years: 2022',
      `50:18 ${settings}.years invalid input: expected array, received number (got 2022)`,
    ],
    [
      'an item of a list',
      'years: [2022, 2023]',
      'years: [2022, 1800]',
      `50:25 ${settings}.years.1 too small: expected number to be >=1929 (got 1800)`,
    ],
    [
      'a number that is too large',
      'batchSize: 100',
      'batchSize: 5000',
      `49:22 ${settings}.batchSize too big: expected number to be <=1500 (got 5000)`,
    ],
    [
      'a number that is no choice',
      'batchSize: 100',
      'logRetentionDays: 31',
      `49:29 ${settings}.logRetentionDays invalid option: expected one of 7|30|90|365 (got 31)`,
    ],
    [
      'a list for text',
      'region: eu-west-1',
      'region: [eu-west-1]',
      '4:9 region invalid input: expected string, received array (got a list or mapping)',
    ],
    [
      'nothing for a mapping',
      'monitoring:\n  account: tooling\n  page: [on-call@example.com]',
      'monitoring:',
      '9:12 monitoring invalid input: expected object, received null (got null)',
    ],
    ['an unknown key', 'batchSize: 100', 'batchsize: 100', `49:11 unknown key "batchsize" in ${settings}`],
    [
      'an unknown key above more lines',
      'monitoring:\n',
      'colours:\n  - red\nmonitoring:\n',
      '9:1 unknown key "colours" in the file',
    ],
    ['a value that is missing', '    email: child-dev@example.com\n', '', '25:5 accounts.2.email is missing'],
    ['a section that is missing', 'region: eu-west-1\n', '', '1:1 region is missing'],
    [
      'no wave at all',
      '  - name: dev\n  - name: prod\n    approval: true\n',
      '  []\n',
      '13:3 waves must name at least one wave (got a list or mapping)',
    ],
    ['a wave whose name is no name', '      dev:\n', '      Dev:\n', `42:7 the key tenants.0.waves.Dev ${name}`],
    [
      'a wave that is not in the list',
      '      dev:\n',
      '      test:\n',
      '42:7 no wave is called "test" (known: dev, prod)',
    ],
    [
      'a child account that is not in the list',
      'child: child-dev',
      'child: child',
      '44:16 no account is called "child" (known: tooling, parent-dev, child-dev, parent-prod, child-prod)',
    ],
    [
      'a parent account that is not in the list',
      'parent: parent-dev',
      'parent: dev',
      '43:17 no account is called "dev" (known: tooling, parent-dev, child-dev, parent-prod, child-prod)',
    ],
    [
      'a pipeline account that is not in the list',
      'pipeline:\n  account: tooling',
      'pipeline:\n  account: tools',
      '6:12 no account is called "tools" (known: tooling, parent-dev, child-dev, parent-prod, child-prod)',
    ],
    [
      'a monitoring account that is not in the list',
      'monitoring:\n  account: tooling',
      'monitoring:\n  account: tools',
      '10:12 no account is called "tools" (known: tooling, parent-dev, child-dev, parent-prod, child-prod)',
    ],
    [
      'an account id that is used twice',
      `'033333333333'`,
      `'022222222222'`,
      '26:9 id "022222222222" is already used by accounts[1]',
    ],
    [
      'an e-mail address that is used twice',
      'child-dev@example.com',
      'parent-dev@example.com',
      '27:12 email "parent-dev@example.com" is already used by accounts[1]',
    ],
    [
      'a wave that is there twice',
      'prod\n    approval: true',
      'prod\n    approval: true\n  - name: dev',
      '16:11 name "dev" is already used by waves[0]',
    ],
    [
      'parent and child in one account',
      'child: child-dev',
      'child: parent-dev',
      '44:16 parent and child of "wind" are both in "parent-dev"; choose two accounts',
    ],
    [
      'one account in two waves',
      'child: child-prod',
      'child: child-dev',
      '47:16 "child-dev" already runs "wind" in wave "dev"; its names are fixed, choose another account',
    ],
  ])('%s', (_, piece, replacement, problem) => {
    expect(problemsIn(changed(piece, replacement))).toEqual([`platform.yaml:${problem}`]);
  });

  test('an account name that is used twice', () => {
    expect(problemsIn(changed('name: child-dev', 'name: tooling'))).toContain(
      'platform.yaml:25:11 name "tooling" is already used by accounts[0]',
    );
  });

  test('a tenant that is there twice', () => {
    const twice = `${platformText}  - { name: wind, workload: wind-speed, owner: other-team, waves: {} }\n`;
    expect(problemsIn(twice)).toEqual(['platform.yaml:51:13 name "wind" is already used by tenants[0]']);
  });

  test('in lines that end as on Windows', () => {
    const text = changed('batchSize: 100', 'batchSize: none').replaceAll('\n', '\r\n');
    expect(problemsIn(text)).toEqual([
      `platform.yaml:49:22 ${settings}.batchSize invalid input: expected number, received string (got none)`,
    ]);
  });

  test('after a byte order mark, which is no column', () => {
    expect(problemsIn(`\uFEFFregion: [1]\n${changed('region: eu-west-1\n', '')}`)[0]).toMatch(
      /^platform\.yaml:1:9 region /,
    );
  });
});

test('every problem is reported, not only the first', () => {
  const text = changed('region: eu-west-1', 'region: Ireland').replace('batchSize: 100', 'batchSize: 0');
  expect(problemsIn(text)).toHaveLength(2);
});

test.each([
  [
    'an unclosed list',
    'region: eu-west-1',
    'region: [eu-west-1',
    /^platform\.yaml:5:1 .* must be sufficiently indented and end with a \]$/,
  ],
  [
    'a key that is there twice',
    'region: eu-west-1',
    'region: eu-west-1\nregion: x',
    /^platform\.yaml:5:1 Map keys must be unique$/,
  ],
])('a syntax error is reported alone: %s', (_, piece, replacement, problem) => {
  const [first, ...others] = problemsIn(changed(piece, replacement).replace('batchSize: 100', 'batchSize: 0'));
  expect(first).toMatch(problem);
  expect(others).toEqual([]);
});

test('a file without content is reported as such', () => {
  expect(problemsIn('# nothing yet\n')).toEqual(['platform.yaml:1:1 the file is empty']);
});
