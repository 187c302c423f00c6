import { describe, expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import type { Platform } from '../../config/schema.ts';
import { contracts } from '../workloads.ts';
import { changed, platformText } from './platform-text.ts';

function platformIn(text: string): Platform {
  const parsed = parsePlatform(text, contracts);
  if (!parsed.ok) throw new Error(problemsIn(text).join('\n'));
  return parsed.platform;
}

function problemsIn(text: string): readonly string[] {
  const parsed = parsePlatform(text, contracts);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
}

const bucketNames = (count: number): string =>
  Array.from({ length: count }, (_, index) => `bucket-${index}`).join(', ');

describe('a valid file', () => {
  test('may name as many public buckets as the permissions boundary has room for', () => {
    const text = changed("'999999999999'", `'999999999999'\n  publicBuckets: [${bucketNames(11)}]`);
    expect(problemsIn(text)).toEqual([]);
  });

  test('becomes a platform with every value that it names', () => {
    const { region, accounts, waves, tenants } = platformIn(platformText);
    expect(region).toBe('eu-west-1');
    expect(accounts.map(({ id }) => id)).toContain('022222222222');
    expect(waves).toEqual([
      { name: 'dev', approval: false, frozen: false },
      { name: 'prod', approval: true, frozen: false },
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
      years: [2022],
      logRetentionDays: 30,
    });
  });

  test.each([
    ['lines that end as on Windows', platformText.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${platformText}`],
  ])('may have %s', (_, text) => {
    expect(platformIn(text)).toEqual(platformIn(platformText));
  });
});

/** The file with one allowance before its waves. */
const withAllowance = (lines: readonly string[]): string =>
  changed('waves:\n  - name: dev', `allowances:\n  - ${lines.join('\n    ')}\nwaves:\n  - name: dev`);

const allowed = [
  'resource: Crosswind/*/Child/Table/Resource',
  'reason: The table was never written to.',
  "until: '2027-06-30'",
];

describe('allowances', () => {
  test('are none where the file has none, and those that it has', () => {
    expect(platformIn(platformText).allowances).toEqual([]);
    expect(platformIn(withAllowance(allowed)).allowances).toEqual([
      {
        resource: 'Crosswind/*/Child/Table/Resource',
        reason: 'The table was never written to.',
        until: '2027-06-30',
      },
    ]);
  });

  test.each([
    [
      'everything',
      'Crosswind/*/Child/Table/Resource',
      "'Crosswind/*'",
      "13:15 allowances.0.resource has the wrong form (got 'Crosswind/*'; expected the path of one resource, or a pattern of paths, not of everything; copy it from `npx crosswind plan`)",
    ],
    [
      'a reason of one word',
      'The table was never written to.',
      'old',
      '14:13 allowances.0.reason is too small (got old; expected a sentence; say why the data may go)',
    ],
    [
      'a day that the calendar does not have',
      '2027-06-30',
      '2027-02-30',
      "15:12 allowances.0.until has the wrong form (got '2027-02-30'; expected a day in quotes, year first; write one such as 2027-06-30)",
    ],
    [
      'a misspelled key',
      'until:',
      'till:',
      '15:5 unknown key "till" in allowances.0 (got till; expected resource, reason, until; did you mean "until"?)',
    ],
  ])('with %s are a problem', (_, piece, replacement, problem) => {
    const text = withAllowance(allowed).replace(piece, replacement);
    expect(problemsIn(text)).toEqual([`platform.yaml:${problem}`]);
  });
});

test('a file without tenants has no waves', () => {
  const nobody = platformText.replace(/^tenants:[^]*/m, 'tenants: []\n');
  const text = nobody.replace(/^waves:\n(?: .*\n)+/m, 'waves: []\n');
  expect(platformIn(text)).toMatchObject({ waves: [], tenants: [] });
  expect(problemsIn(nobody)).toEqual([
    expect.stringContaining('wave "dev" is empty'),
    expect.stringContaining('wave "prod" is empty'),
  ]);
});

test('a missing section of a file that begins with a comment is reported at the beginning', () => {
  const text = `# Our platform.\n\n${changed('region: eu-west-1\n', '')}`;
  expect(problemsIn(text)).toEqual([
    'platform.yaml:1:1 region is missing (got nothing; expected an AWS region; add it)',
  ]);
});

describe('a problem is reported with its line, its column, what came, what was expected and the fix:', () => {
  test.each([
    [
      'an account id without quotes',
      "'022222222222'",
      '022222222222',
      "22:9 accounts.parent-dev.id is not in quotes, and a bare number loses its leading zero (got 022222222222; expected 12 digits in quotes; write '022222222222')",
    ],
    [
      'an account id that is too short',
      "'022222222222'",
      "'0222'",
      '22:9 accounts.parent-dev.id has the wrong form (got \'0222\'; expected 12 digits in quotes; write all of them, for example "011122223333")',
    ],
    [
      'a management account without quotes',
      "'999999999999'",
      '999999999999',
      "3:22 organization.managementAccount is not in quotes, and a bare number loses its leading zero (got 999999999999; expected 12 digits in quotes; write '999999999999')",
    ],
    [
      'an organization id',
      'o-exampleorg1',
      'example',
      '2:7 organization.id has the wrong form (got example; expected an AWS Organizations id such as o-exampleorg1; copy it from the AWS console)',
    ],
    [
      'more public buckets than the permissions boundary has room for',
      "managementAccount: '999999999999'",
      `managementAccount: '999999999999'\n  publicBuckets: [${bucketNames(12)}]`,
      '4:18 organization.publicBuckets has too many entries (got [bucket-0, bucket-1, bucket-2, bucket-3, bucket-4, bucket...; expected at most 11 buckets, which the permissions boundary has room for; copy what tenants read into a bucket of the organization)',
    ],
    [
      'a region',
      'region: eu-west-1',
      'region: Ireland',
      '4:9 region is none of the choices (got Ireland; expected an AWS region; write one such as us-east-1)',
    ],
    [
      'a repository',
      'example-org/platform',
      'platform',
      '7:15 pipeline.repository has the wrong form (got platform; expected owner/name; write it as in the address of the repository)',
    ],
    [
      'a connection',
      'arn:aws:codeconnections:eu-west-1:111111111111:connection/1',
      'github',
      '8:15 pipeline.connection has the wrong form (got github; expected the ARN of a CodeConnections connection; copy it from the AWS console)',
    ],
    [
      'an e-mail address',
      'tooling@example.com',
      'tooling',
      '19:12 accounts.tooling.email has the wrong form (got tooling; expected an e-mail address; write one such as aws+dev@example.com)',
    ],
    [
      'an account name',
      'name: child-dev',
      'name: Child_Dev',
      '25:11 accounts.Child_Dev.name has the wrong form (got Child_Dev; expected 1 to 30 lower-case letters, digits or hyphens that start with a letter; give it such a name)',
    ],
    [
      'a workload that is none',
      'workload: word-count',
      'workload: rain',
      '39:15 tenants.wind.workload is none of the choices (got rain; expected one of echo, orders, relay, word-count; choose one of them, or remove it with `npx crosswind tenant remove`)',
    ],
    [
      'an owner that is empty',
      'owner: letters-team',
      "owner: ''",
      "40:12 tenants.wind.owner is empty (got ''; expected the team that owns the tenant, 1 to 256 letters, digits, spaces or _ . : / = + - @; fill it in)",
    ],
    [
      'an owner that AWS takes as no value of a tag',
      'owner: letters-team',
      'owner: letters & numbers',
      '40:12 tenants.wind.owner has the wrong form (got letters & numbers; expected the team that owns the tenant, 1 to 256 letters, digits, spaces or _ . : / = + - @; name it)',
    ],
    [
      'text for a boolean',
      'approval: true',
      'approval: yes',
      '15:15 waves.prod.approval has the wrong type (got yes; expected true or false; write one of them, without quotes)',
    ],
    [
      'a number for a list',
      'years: [2022, 2023]',
      'years: 2022',
      '50:18 tenants.wind.waves.prod.settings.years has the wrong type (got 2022; expected a list; write its entries with a hyphen each, or in [ ])',
    ],
    [
      'an item of a list',
      'years: [2022, 2023]',
      'years: [2022, 1800]',
      '50:25 tenants.wind.waves.prod.settings.years.1 is too small (got 1800; expected at least 1929; raise it)',
    ],
    [
      'a number that is too large',
      'batchSize: 100',
      'batchSize: 5000',
      '49:22 tenants.wind.waves.prod.settings.batchSize is too large (got 5000; expected at most 1500; lower it)',
    ],
    [
      'a number that is no choice',
      'batchSize: 100',
      'logRetentionDays: 31',
      '49:29 tenants.wind.waves.prod.settings.logRetentionDays is none of the choices (got 31; expected one of 7, 30, 90, 365; choose one of them)',
    ],
    [
      'a list for text',
      'region: eu-west-1',
      'region: [eu-west-1]',
      '4:9 region is none of the choices (got [eu-west-1]; expected an AWS region; write one such as us-east-1)',
    ],
    [
      'nothing for a mapping',
      'monitoring:\n  account: tooling\n  page: [on-call@example.com]',
      'monitoring:',
      '9:12 monitoring is empty (got nothing; expected a mapping; fill it in)',
    ],
    [
      'an unknown key',
      'batchSize: 100',
      'batchsize: 100',
      '49:11 unknown key "batchsize" in tenants.wind.waves.prod.settings (got batchsize; expected batchSize, maxConcurrency, toleratedFailurePercentage, years, logRetentionDays; did you mean "batchSize"?)',
    ],
    [
      'an unknown key above more lines',
      'monitoring:\n',
      'colours:\n  - red\nmonitoring:\n',
      '9:1 unknown key "colours" in the file (got colours; expected organization, region, pipeline, monitoring, waves, accounts, allowances, tenants; remove it)',
    ],
    [
      'a choice that is missing',
      '    workload: word-count\n',
      '',
      '38:5 tenants.wind.workload is missing (got nothing; expected one of echo, orders, relay, word-count; add it)',
    ],
    [
      'a value that is missing',
      '    email: child-dev@example.com\n',
      '',
      '25:5 accounts.child-dev.email is missing (got nothing; expected an e-mail address; add it)',
    ],
    [
      'a section that is missing',
      'region: eu-west-1\n',
      '',
      '1:1 region is missing (got nothing; expected an AWS region; add it)',
    ],
    [
      'no wave at all',
      '  - name: dev\n  - name: prod\n    approval: true\n',
      '  []\n',
      '13:3 waves is empty, and tenants are in some (got []; expected dev, prod; add what tenants are in)',
    ],
    [
      'a wave whose name is no name',
      '      dev:\n',
      '      Dev:\n',
      '42:7 tenants.wind.waves has a key of the wrong form (got Dev; expected 1 to 30 lower-case letters, digits or hyphens that start with a letter; give it such a name)',
    ],
    [
      'a child account that is not in the list',
      'child: child-dev',
      'child: child',
      '44:16 no account is called "child" (got child; expected child-dev; did you mean "child-dev"?)',
    ],
    [
      'a parent account that is not in the list',
      'parent: parent-dev',
      'parent: dev',
      '43:17 no account is called "dev" (got dev; expected parent-dev; add it to accounts, or name one that is there)',
    ],
    [
      'a pipeline account that is not in the list',
      'pipeline:\n  account: tooling',
      'pipeline:\n  account: tools',
      '6:12 no account is called "tools" (got tools; expected tooling; did you mean "tooling"?)',
    ],
    [
      'a monitoring account that is not in the list',
      'monitoring:\n  account: tooling',
      'monitoring:\n  account: tools',
      '10:12 no account is called "tools" (got tools; expected tooling; did you mean "tooling"?)',
    ],
    [
      'an account id that is used twice',
      "'033333333333'",
      "'022222222222'",
      "26:9 account id is already used on line 22 (got '022222222222'; expected one that no other account has; change one of the two)",
    ],
    [
      'an e-mail address that is used twice',
      'child-dev@example.com',
      'parent-dev@example.com',
      '27:12 account email is already used on line 23 (got parent-dev@example.com; expected one that no other account has; change one of the two)',
    ],
    [
      'a wave that is there twice',
      'prod\n    approval: true',
      'prod\n    approval: true\n  - name: dev',
      '16:11 wave name is already used on line 13 (got dev; expected one that no other wave has; change one of the two)',
    ],
    [
      'parent and child in one account',
      'child: child-dev',
      'child: parent-dev',
      '44:16 parent and child of "wind" are in one account (got parent-dev; expected another account than the parent\'s; choose two accounts)',
    ],
    [
      'one account in two waves',
      'child: child-prod',
      'child: child-dev',
      '47:16 "child-dev" already runs "wind" in wave "dev" (got child-dev; expected an account that does not, because its names are fixed; choose another account)',
    ],
    [
      'text in quotes for a number',
      'batchSize: 100',
      "batchSize: '100'",
      "49:22 tenants.wind.waves.prod.settings.batchSize has the wrong type (got '100'; expected a number; write it without quotes)",
    ],
    [
      'a fraction for a whole number',
      'batchSize: 100',
      'batchSize: 1.5',
      '49:22 tenants.wind.waves.prod.settings.batchSize has the wrong type (got 1.5; expected a whole number; write it without quotes or fraction)',
    ],
    [
      'an id that has lost its leading zero already',
      "'022222222222'",
      '22222222222',
      "22:9 accounts.parent-dev.id is not in quotes, and a bare number loses its leading zero (got 22222222222; expected 12 digits in quotes; write '022222222222')",
    ],
    [
      'nobody who is woken',
      'page: [on-call@example.com]',
      'page: []',
      '11:9 monitoring.page has too few entries (got []; expected at least one address; add one, else nobody would be woken)',
    ],
    [
      'an endpoint that anybody on the way reads',
      'page: [on-call@example.com]',
      'page: [http://alerts.example.com/crosswind]',
      '11:10 monitoring.page.0 has the wrong form (got http://alerts.example.com/crosswind; expected an endpoint with https://, because over http:// anybody on the way reads and forges alerts; write https://)',
    ],
    [
      'an endpoint with a password',
      'page: [on-call@example.com]',
      "page: ['https://user:secret@alerts.example.com/']",
      "11:10 monitoring.page.0 has the wrong form (got 'https://user:secret@alerts.example.com/'; expected an e-mail address or an HTTPS endpoint; write one such as aws+dev@example.com or https://alerts.example.com/crosswind)",
    ],
    [
      'a receiver of another type',
      'page: [on-call@example.com]',
      'page: [1]',
      '11:10 monitoring.page.0 has the wrong type (got 1; expected an e-mail address or an HTTPS endpoint; write one such as aws+dev@example.com or https://alerts.example.com/crosswind)',
    ],
    [
      'a state that is none',
      "id: '033333333333'",
      "id: '033333333333'\n    state: actve",
      '27:12 accounts.child-dev.state is none of the choices (got actve; expected one of pending, active, draining, detached; did you mean "active"?)',
    ],
    [
      'a misspelled key instead of the right one, once',
      '    email: child-dev@example.com',
      '    emial: child-dev@example.com',
      '27:5 unknown key "emial" in accounts.child-dev (got emial; expected name, awsName, id, email, organizationalUnit, state, frozen, region, quotas; did you mean "email"?)',
    ],
    [
      'a wave that is misspelled, once',
      '      prod:\n',
      '      production:\n',
      '45:7 no wave is called "production" (got production; expected dev, prod; did you mean "prod"?)',
    ],
    [
      'a wave that no tenant uses',
      '  - name: dev\n',
      '  - name: canary\n  - name: dev\n',
      '13:11 wave "canary" is empty (got canary; expected a wave that a tenant uses; remove it, or name it in a tenant)',
    ],
    [
      'an e-mail address that is used twice, in other letters',
      'child-dev@example.com',
      'Parent-Dev@example.com',
      '27:12 account email is already used on line 23 (got Parent-Dev@example.com; expected one that no other account has; change one of the two)',
    ],
    [
      'parent and child in different regions',
      "id: '033333333333'",
      "id: '033333333333'\n    region: us-east-1",
      '45:16 parent and child of "wind" are in different regions, which Step Functions cannot cross (got child-dev in us-east-1; expected an account in eu-west-1, where the parent is; choose another account, or change the region of one)',
    ],
    [
      'a workload in the account of pipeline and monitoring',
      'parent: parent-dev',
      'parent: tooling',
      '43:17 a workload must not run in the pipeline and monitoring account (got tooling; expected an account for workloads; choose another account)',
    ],
    [
      'a workload in the management account',
      "'999999999999'",
      "'022222222222'",
      '43:17 a workload must not run in the management account (got parent-dev; expected an account for workloads; choose another account)',
    ],
    [
      'a pipeline account that is not active',
      "id: '111111111111'",
      "id: '111111111111'\n    state: draining",
      '19:12 "tooling" runs the pipeline and monitoring and is not active (got draining; expected active; remove the state, or move the pipeline and monitoring to another account first)',
    ],
    [
      'a pipeline account that is frozen',
      "id: '111111111111'",
      "id: '111111111111'\n    frozen: true",
      '19:13 "tooling" runs the pipeline and monitoring, which cannot be frozen (got true; expected false; freeze waves or the accounts of workloads)',
    ],
    [
      'a tenant called as a dashboard of the platform is',
      '- name: wind\n',
      '- name: fleet\n',
      '38:11 the platform has a fleet of its own (got fleet; expected a tenant called otherwise; rename it)',
    ],
    [
      'a region of an account that is none',
      "id: '033333333333'",
      "id: '033333333333'\n    region: Ireland",
      '27:13 accounts.child-dev.region is none of the choices (got Ireland; expected an AWS region; write one such as us-east-1)',
    ],
  ])('%s', (_, piece, replacement, problem) => {
    expect(problemsIn(changed(piece, replacement))).toEqual([`platform.yaml:${problem}`]);
  });

  test('an account name that is used twice', () => {
    expect(problemsIn(changed('name: child-dev', 'name: tooling'))).toContain(
      'platform.yaml:25:11 account name is already used on line 17 (got tooling; expected one that no other account has; change one of the two)',
    );
  });

  test('a wave that is called like one of the pipeline', () => {
    const taken = changed('  - name: dev\n', '  - name: observability\n').replace(
      '      dev:\n',
      '      observability:\n',
    );
    expect(problemsIn(taken)).toEqual([
      'platform.yaml:13:11 the pipeline has stages of its own that are called like wave "observability" (got observability; expected a name that does not begin with probes, observability, approve; give it another name, here and in the tenants)',
    ]);
  });

  test('a tenant that is there twice', () => {
    const twice = `${platformText}  - { name: wind, workload: word-count, owner: other-team, waves: {} }\n`;
    expect(problemsIn(twice)).toEqual([
      'platform.yaml:51:13 tenant name is already used on line 38 (got wind; expected one that no other tenant has; change one of the two)',
    ]);
  });

  test('in lines that end as on Windows', () => {
    const text = changed('batchSize: 100', 'batchSize: none').replaceAll('\n', '\r\n');
    expect(problemsIn(text)).toEqual([
      'platform.yaml:49:22 tenants.wind.waves.prod.settings.batchSize has the wrong type (got none; expected a number; write it without quotes)',
    ]);
  });

  test('after a byte order mark, which is no column', () => {
    expect(problemsIn(`\uFEFFregion: [1]\n${changed('region: eu-west-1\n', '')}`)[0]).toMatch(
      /^platform\.yaml:1:9 region /,
    );
  });
});

describe('every problem is reported at once', () => {
  test('whatever the kind: what the schema finds does not hide what only a comparison shows', () => {
    const text = changed('region: eu-west-1', 'region: Ireland')
      .replace('account: tooling', 'account: tolling')
      .replace('  - name: dev\n', '  - name: canary\n  - name: dev\n')
      .replace('approval: true', 'aproval: true')
      .replace("'022222222222'", '022222222222')
      .replace("id: '033333333333'", "id: '033333333333'\n    region: us-east-1\n    state: gone")
      .replace('email: parent-prod@example.com', 'email: child-dev@example.com')
      .replace("'055555555555'", "'044444444444'")
      .replace('child: child-prod', 'child: parent-prod')
      .replace('parent: parent-dev', 'parent: parent-def')
      .replace('batchSize: 100', 'batchSize: 0')
      .replace('years: [2022, 2023]', 'years: 2022');
    expect(problemsIn(text).map((problem) => problem.slice('platform.yaml:'.length, problem.indexOf(' (')))).toEqual([
      '4:9 region is none of the choices',
      '6:12 no account is called "tolling"',
      '13:11 wave "canary" is empty',
      '16:5 unknown key "aproval" in waves.prod',
      '23:9 accounts.parent-dev.id is not in quotes, and a bare number loses its leading zero',
      '29:12 accounts.child-dev.state is none of the choices',
      '34:12 account email is already used on line 30',
      '37:9 account id is already used on line 33',
      '46:17 no account is called "parent-def"',
      '50:16 parent and child of "wind" are in one account',
      '52:22 tenants.wind.waves.prod.settings.batchSize is too small',
      '53:18 tenants.wind.waves.prod.settings.years has the wrong type',
    ]);
  });

  test('in one form, from the place to the fix', () => {
    const problems = problemsIn(changed('region: eu-west-1', 'region: 1').replace('child: child-dev', 'child: nobody'));
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toMatch(/^platform\.yaml:\d+:\d+ .+ \(got .+; expected .+; .+\)$/);
  });

  test('in a file that is something else altogether', () => {
    expect(problemsIn('- a list\n')).toEqual([
      'platform.yaml:1:1 the file has the wrong type (got - a list; expected a mapping; write its keys below it, indented)',
    ]);
  });

  test('also where a wave is renamed to nothing that is near', () => {
    expect(problemsIn(changed('      dev:\n', '      test:\n'))).toEqual([
      'platform.yaml:13:11 wave "dev" is empty (got dev; expected a wave that a tenant uses; remove it, or name it in a tenant)',
      'platform.yaml:42:7 no wave is called "test" (got test; expected dev, prod; add it to waves, or name one that is there)',
    ]);
  });
});

test.each([
  ['60 characters is shown whole', 'x'.repeat(60), 'x'.repeat(60)],
  ['more is cut to 60', 'abc'.repeat(21), `${'abc'.repeat(19)}...`],
])('a value of %s', (_, value, got) => {
  const [problem] = problemsIn(changed('region: eu-west-1', `region: ${value}`));
  expect(problem).toContain(`(got ${got}; `);
});

test.each([
  [
    'an unclosed list',
    'region: eu-west-1',
    'region: [eu-west-1',
    /^platform\.yaml:5:1 no valid YAML: a list that ends with \] is not closed before this \(got pipeline:; expected \]; add the \]; what else is wrong shows afterwards\)$/,
  ],
  [
    'a key that is there twice',
    'region: eu-west-1',
    'region: eu-west-1\nregion: x',
    /^platform\.yaml:5:1 no valid YAML: the key "region" is there twice \(got region: x; expected it once; the first is on line 4; remove one/,
  ],
])('a syntax error is reported alone: %s', (_, piece, replacement, problem) => {
  const [first, ...others] = problemsIn(changed(piece, replacement).replace('batchSize: 100', 'batchSize: 0'));
  expect(first).toMatch(problem);
  expect(others).toEqual([]);
});

test('aliases that would grow without end are refused as such', () => {
  const grow = (name: string, of: string): string => `${name}: &${name} [${Array(9).fill(of).join(', ')}]\n`;
  const [problem, ...others] = problemsIn(grow('a', 'x') + grow('b', '*a') + grow('c', '*b') + grow('d', '*c'));
  expect(problem).toContain('no valid YAML');
  expect(problem).toContain('repeated values (*name) grow beyond all bounds');
  expect(others).toEqual([]);
});

test('a file without content is reported as such', () => {
  expect(problemsIn('# nothing yet\n')).toEqual([
    'platform.yaml:1:1 the file is empty (got nothing; expected a mapping; fill it in)',
  ]);
});
