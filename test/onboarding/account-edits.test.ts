import { describe, expect, test } from 'vitest';
import { parsePlatform } from '../../config/parse.ts';
import { withAccount, withoutAccount } from '../../onboarding/account-edits.ts';
import type { Edited } from '../../onboarding/text-edits.ts';
import { platformOf, platformText } from '../synthesized.ts';
import { contracts } from '../workloads.ts';

const added = {
  name: 'word-child-test',
  id: '077777777777',
  email: 'aws+word-child-test@example.com',
  organizationalUnit: 'Workloads',
};

function textOf(edited: Edited): string {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.text;
}

const without = (text: string, name: string): Edited => withoutAccount(text, platformOf(text), name);

/** A line comment at every place where one may stand. */
const commented = platformText
  .replace('  - name: word-child-dev', '\n  # the child of dev\n  - name: word-child-dev # inside')
  .replace(
    `    quotas: { lambdaConcurrency: 1000 }\n\ntenants:`,
    `    quotas: { lambdaConcurrency: 1000 } # last\n    # about it\n\n# below\ntenants:`,
  );

describe('an account is added', () => {
  test('after the last one, and every other byte stays', () => {
    const lines = [
      '  - name: word-child-test',
      "    id: '077777777777'",
      '    email: aws+word-child-test@example.com',
      '    organizationalUnit: Workloads',
    ];
    expect(textOf(withAccount(platformText, added))).toBe(
      platformText.replace('\n\ntenants:', `\n${lines.join('\n')}\n\ntenants:`),
    );
  });

  test('with state and region where they are given', () => {
    const text = textOf(withAccount(platformText, { ...added, state: 'pending', region: 'eu-west-1' }));
    const account = platformOf(text).accounts.at(-1);
    expect(account).toMatchObject({ ...added, state: 'pending', region: 'eu-west-1' });
  });

  test('with the Lambda concurrency that it has', () => {
    const text = textOf(withAccount(platformText, { ...added, lambdaConcurrency: 50 }));
    expect(platformOf(text).accounts.at(-1)).toMatchObject({ ...added, quotas: { lambdaConcurrency: 50 } });
  });

  test('with its name in AWS where that is another one', () => {
    const text = textOf(withAccount(platformText, { ...added, awsName: 'Log Archive' }));
    expect(text).toContain('  - name: word-child-test\n    awsName: Log Archive\n');
    expect(platformOf(text).accounts.at(-1)).toMatchObject({ ...added, awsName: 'Log Archive' });
  });

  test('behind the comments of the last one', () => {
    const text = textOf(withAccount(commented, added));
    expect(commented).toContain('# about it');
    expect(text).toContain('# last\n    # about it\n  - name: word-child-test\n');
    expect(text.replace(/ {2}- name: word-child-test\n(?: {4}.*\n){3}/, '')).toBe(commented);
  });

  test.each([
    ['lines that end as on Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    [
      'a list that is not indented',
      (text: string) => text.replace(/^accounts:\n(?: .*\n)+/m, (list) => list.replace(/^ {2}/gm, '')),
    ],
    [
      'a list indented by four',
      (text: string) => text.replace(/^accounts:\n(?: .*\n)+/m, (list) => list.replace(/^ {2}/gm, '    ')),
    ],
    [
      'accounts at the end, without a last line break',
      (text: string) => {
        const [list = ''] = /^accounts:\n(?: .*\n)+/m.exec(text) ?? [];
        return `${text.replace(list, '')}${list.trimEnd()}`;
      },
    ],
  ])('in a file with %s, and taken out again it is as before', (_, change) => {
    const text = change(platformText);
    const more = textOf(withAccount(text, added));
    expect(platformOf(more).accounts).toHaveLength(7);
    expect(more.includes('\n') && /[^\r]\n/.test(more)).toBe(/[^\r]\n/.test(text));
    expect(textOf(without(more, added.name)).trimEnd()).toBe(text.trimEnd());
  });

  test('not to a list in brackets, which the reason says', () => {
    const text = platformText.replace(/^accounts:\n(?: .*\n)+/m, 'accounts: [{ name: tooling }]\n');
    const edited = withAccount(text, added);
    expect(edited).toMatchObject({ ok: false, reason: expect.stringContaining('edit it by hand') as string });
  });
});

describe('an account is removed', () => {
  test('with its placements, and with what then holds nothing', () => {
    const after = platformOf(textOf(without(platformText, 'word-child-prod')));
    expect(after.accounts.map(({ name }) => name)).not.toContain('word-child-prod');
    expect(after.waves.map(({ name }) => name)).toEqual(['dev']);
    expect(Object.keys(after.tenants[0]?.waves ?? {})).toEqual(['dev']);
  });

  test('with the tenant that runs nowhere any more, and not with the wave that another one uses', () => {
    const other = `  - name: other
    workload: word-count
    owner: other-team
    waves:
      dev:
        parent: other-parent
        child: other-child
`;
    const account = (name: string, id: string): string =>
      `  - name: ${name}\n    id: '${id}'\n    email: ${name}@example.com\n    organizationalUnit: Workloads\n`;
    const accounts = account('other-parent', '777777777777') + account('other-child', '888888888888');
    const text = platformText.replace('\ntenants:\n', `${accounts}\ntenants:\n${other}`);
    const after = platformOf(textOf(without(text, 'other-child')));
    expect(after.tenants.map(({ name }) => name)).toEqual(['word-count']);
    expect(after.waves.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  test('and only its lines go: comments around it, order and blank lines stay', () => {
    const more = textOf(withAccount(commented, added));
    const text = more.replace('word-child-dev # inside', 'word-child-dev');
    const gone = textOf(without(more, added.name));
    expect(gone).toBe(commented);
    expect(text).not.toBe(more);
    const noDev = textOf(without(commented, 'word-child-dev'));
    expect(noDev).toContain('# the child of dev');
    expect(noDev).toContain('# below\ntenants:');
    expect(noDev).not.toContain('# inside');
    const kept = noDev.split('\n');
    const before = commented.split('\n');
    expect(kept.every((line) => before.includes(line))).toBe(true);
  });

  test.each(['word-child-dev', 'word-parent-dev', 'word-parent-prod'])(
    'with one of the blank lines around it where it had two: %s',
    (name) => {
      const spaced = platformText.replace(/^ {2}- name: (word|monitoring)/gm, '\n$&').replace(/\n\n\n/g, '\n\n');
      const gone = textOf(without(spaced, name));
      expect(spaced).toContain(`\n\n  - name: ${name}\n`);
      expect(gone).not.toContain(`- name: ${name}\n`);
      expect(gone).toContain('\n\n  - name: ');
      expect(gone).not.toContain('\n\n\n');
    },
  );

  test('so that a text without it may be no platform, which its parser then says', () => {
    const text = textOf(without(platformText, 'tooling'));
    const parsed = parsePlatform(text, contracts);
    expect(parsed.ok ? [] : parsed.problems.map(({ what }) => what)).toEqual(['no account is called "tooling"']);
  });
});
