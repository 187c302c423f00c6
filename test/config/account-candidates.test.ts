import { expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { contracts } from '../workloads.ts';
import { platformText } from './platform-text.ts';

/** The platform without that account. */
const without = (name: string): string => platformText.replace(new RegExp(` {2}- name: ${name}\\n(?: {4}.*\\n)+`), '');

/** Problems of names that are in no list. */
function dangling(text: string): readonly string[] {
  const parsed = parsePlatform(text, contracts);
  const problems = parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
  return problems.filter((problem) => problem.includes('is called'));
}

const spare = (name: string, more = ''): string =>
  `  - name: ${name}\n    id: '066666666666'\n    email: spare@example.com\n    organizationalUnit: Workloads\n${more}tenants:\n`;

test('of a deleted account of dev, the account of prod is not suggested, because the tenant runs in it already', () => {
  expect(dangling(without('parent-dev'))).toEqual([
    'platform.yaml:39:17 no account is called "parent-dev" (got parent-dev; expected a name in accounts; add it to accounts)',
  ]);
});

test.each([
  ['a free account', spare('parent-dv'), 'expected parent-dv; did you mean "parent-dv"?'],
  ['a free account with another name', spare('zzz'), 'expected zzz; add it to accounts, or name one that is there'],
])('of a deleted account, what is suggested is %s', (_, account, suggestion) => {
  expect(dangling(without('parent-dev').replace('tenants:\n', account))[0]).toContain(suggestion);
});

test('an account in another region than that of the other stage is not suggested', () => {
  const text = without('child-dev').replace('tenants:\n', spare('child-dv', '    region: us-east-1\n'));
  expect(dangling(text)[0]).toContain('expected a name in accounts; add it to accounts)');
});

test('the management account is not suggested', () => {
  const text = without('parent-dev').replace('tenants:\n', spare('parent-dv').replace('066666666666', '999999999999'));
  expect(dangling(text)[0]).toContain('expected a name in accounts; add it to accounts)');
});

test.each([
  ['an account without workloads', spare('tool'), 'did you mean "tool"?'],
  ['no account that is frozen', spare('tool', '    frozen: true\n'), 'add it to accounts)'],
  ['no account that is draining', spare('tool', '    state: draining\n'), 'add it to accounts)'],
])('for the pipeline and monitoring, what is suggested is %s', (_, account, suggestion) => {
  const problems = dangling(without('tooling').replace('tenants:\n', account));
  expect(problems).toHaveLength(2);
  for (const problem of problems) expect(problem).toContain(suggestion);
});
