import { describe, expect, test } from 'vitest';
import { defaultAccounts } from '../../../cli/tenant/default-accounts.ts';
import { contract } from '../../../cli/scaffold/contract.ts';
import { platformOf, platformText } from '../../synthesized.ts';

const chosen = (text: string, wave = 'dev', tenant = 'hello') => [
  ...defaultAccounts(platformOf(text), { contract, tenant, wave }),
];

const changed = (name: string, more: string, text = platformText): string =>
  text.replace(`  - name: ${name}\n`, `  - name: ${name}\n    ${more}\n`);

const spare = (name: string, id: string, more = ''): string =>
  `  - name: ${name}\n    id: '${id}'\n    email: ${name}@example.com\n    organizationalUnit: Spare\n${more}`;

const withSpares = (text: string, more = ''): string =>
  text.replace(
    '\ntenants:\n',
    `${spare('spare-a', '777777777777', more)}${spare('spare-b', '888888888888', more)}\ntenants:\n`,
  );

describe('the accounts of a new tenant', () => {
  test('are those that others of the wave run in, the first for the entry', () => {
    expect(chosen(withSpares(platformText))).toEqual([
      ['front', 'word-parent-dev'],
      ['back', 'word-child-dev'],
    ]);
    expect(chosen(platformText, 'prod').map(([, account]) => account)).toEqual(['word-parent-prod', 'word-child-prod']);
  });

  test.each([
    ['an account is frozen', changed('word-child-dev', 'frozen: true'), ['word-parent-dev', 'spare-a']],
    ['an account is draining', changed('word-child-dev', 'state: draining'), ['word-parent-dev', 'spare-a']],
    [
      'an account is pending, so that its tenant is not deployed',
      changed('word-child-dev', 'state: pending'),
      ['spare-a', 'spare-b'],
    ],
  ])('are unused ones where %s', (_, text, accounts) => {
    expect(chosen(withSpares(text)).map(([, account]) => account)).toEqual(accounts);
  });

  test('are unused ones in a wave that is new', () => {
    expect(chosen(withSpares(platformText), 'test').map(([, account]) => account)).toEqual(['spare-a', 'spare-b']);
  });

  test('are in one region', () => {
    const text = changed('word-child-dev', 'region: eu-west-1', changed('word-parent-dev', 'region: eu-west-1'));
    const oneSpare = text.replace('\ntenants:\n', `${spare('spare-a', '777777777777')}\ntenants:\n`);
    expect(chosen(oneSpare).map(([, account]) => account)).toEqual(['word-parent-dev', 'word-child-dev']);
    expect(() => chosen(oneSpare, 'test')).toThrow('found only spare-a for wave "test"');
  });

  test('are never those of the pipeline, of monitoring or of management, nor any that run the tenant already', () => {
    const management = platformText.replace('\ntenants:\n', `${spare('root', '999999999999')}\ntenants:\n`);
    expect(() => chosen(management, 'test')).toThrow('found none for wave "test"');
    expect(() => chosen(platformText, 'dev', 'word-count')).toThrow('found none for wave "dev"');
  });

  test('that are missing are named with the commands that add them', () => {
    const one = platformText.replace('\ntenants:\n', `${spare('spare-a', '777777777777')}\ntenants:\n`);
    expect(() => chosen(one, 'test')).toThrow(
      [
        '"hello" needs an account for each of its stages (front, back), found only spare-a for wave "test"',
        'expected active accounts in one region that run other tenants of the wave, or that nothing uses; add what is missing and try again:',
        '  npx crosswind account add hello-back-test --id <12 digits> --email <address> --organizational-unit <path>',
        'or name accounts: --accounts front=<account>,back=<account>',
      ].join('\n'),
    );
    expect(() => chosen(platformText, 'test', 'x'.repeat(30))).toThrow('npx crosswind account add <name> --id');
  });
});
