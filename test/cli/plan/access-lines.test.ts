import { describe, expect, test } from 'vitest';
import { acceptedAccess } from '../../../cli/plan/accepted-access.ts';
import type { AccessChange } from '../../../policies/reach/new-access-types.ts';
import type { Waiver } from '../../../policies/waiver.ts';
import { accessLines } from '../../../cli/plan/present/access-lines.ts';
import { markdownOf } from '../../../cli/plan/present/markdown.ts';
import { shapeWithout } from '../../../cli/plan/diff/shape.ts';
import type { NamedResource, NamedResources } from '../../../cli/plan/named-resources.ts';

const waves = ['dev', 'prod'] as const;
const account = { dev: '111111111111', prod: '222222222222' } as const;
const end = { dev: 'a1b2c3d4e5f6', prod: 'b1c2d3e4f5a6' } as const;

const names: NamedResources = Object.fromEntries(
  waves.flatMap((wave): readonly (readonly [string, NamedResource])[] => [
    [`arn:aws:iam::${account[wave]}:role/reader-${end[wave]}`, { path: `App/${wave}/Reader/Resource`, isNew: false }],
    [`arn:aws:s3:::made-${end[wave]}`, { path: `App/${wave}/Made/Resource`, isNew: true }],
    [`arn:aws:s3:::kept-${end[wave]}`, { path: `App/${wave}/Kept/Resource`, isNew: false }],
  ]),
);

/** Access of the reader of each wave. */
const access = (action: string, resource: 'made' | 'kept', keys: string, isNeeded = true): readonly AccessChange[] =>
  waves.map((wave) => {
    const arn = `arn:aws:s3:::${resource}-${end[wave]}/${keys}`;
    return {
      ...{ kind: 'role', principal: `arn:aws:iam::${account[wave]}:role/reader-${end[wave]}`, account: account[wave] },
      ...{ action, resource: arn, resourceAccount: account[wave], request: { action, resource: arn, context: {} } },
      ...{ certain: true, because: 'allowed', policy: 'policy P', path: `App/${wave}/Reader/Policy` },
      neededBy: isNeeded ? [`App/${wave}/Reader, code`] : [],
    };
  });

const shape = shapeWithout([...waves, 'one', 'two']);
const accounts = new Map([
  [account.dev, 'one'],
  [account.prod, 'two'],
]);

const markdown = (...changes: readonly (readonly AccessChange[])[]): string =>
  markdownOf('Plan', [
    { title: 'New access', lines: accessLines({ access: changes.flat(), renamedRoles: [], names }, accounts, shape) },
  ]);

const visible = (text: string): readonly string[] =>
  text
    .replace(/<details>[^]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => line.startsWith('- '));

describe('new access', () => {
  test('on a resource that the change creates is one line for a principal, patterns counted', () => {
    const text = markdown(
      access('s3:GetObject', 'made', 'a/*'),
      access('s3:GetObject', 'made', 'b/*'),
      access('s3:PutObject', 'made', 'b/*'),
    );
    expect(visible(text)).toEqual([
      '- role `App/*/Reader` in `one`, `two` may `s3:GetObject`, `s3:PutObject` on 2 patterns of the new `App/*/Made`.',
    ]);
  });

  test('on other resources is a line for each pattern', () => {
    const text = markdown(access('s3:GetObject', 'kept', 'a/*'), access('s3:GetObject', 'kept', 'b/*'));
    expect(visible(text)).toEqual([
      '- role `App/*/Reader` in `one`, `two` may `s3:GetObject` on `App/*/Kept/a/*`.',
      '- role `App/*/Reader` in `one`, `two` may `s3:GetObject` on `App/*/Kept/b/*`.',
    ]);
  });

  test('that nobody calls comes first, also beside an action that is needed', () => {
    const text = markdown(
      access('s3:GetObject', 'kept', 'a/*'),
      access('s3:GetObject', 'made', 'a/*'),
      access('s3:DeleteObject', 'kept', 'a/*', false),
    );
    expect(visible(text)).toEqual([
      '- role `App/*/Reader` in `one`, `two` may `s3:DeleteObject` on `App/*/Kept/a/*`. **Remove** it: called by nobody.',
      '- role `App/*/Reader` in `one`, `two` may `s3:GetObject` on `App/*/Kept/a/*`.',
      '- role `App/*/Reader` in `one`, `two` may `s3:GetObject` on the new `App/*/Made/a/*`.',
    ]);
  });

  const waiver = (rule: string, path: string): Waiver => ({
    ...{ rule, path, reason: 'the library always grants it', owner: 'platform', until: '2027-06-30' },
  });
  const unneeded = access('s3:DeleteObject', 'kept', 'a/*', false);

  test('that nobody calls and a waiver accepts has the reason of the waiver, and is not to be removed', () => {
    const waivers = [waiver('REACH-3[s3:DeleteObject on arn:*:s3:::kept-*/a/\\*]', 'App/*/Reader/Policy')];
    expect(visible(markdown(acceptedAccess(unneeded, waivers)))).toEqual([
      '- role `App/*/Reader` in `one`, `two` may `s3:DeleteObject` on `App/*/Kept/a/*`. Called by nobody; a waiver accepts it: `the library always grants it`.',
    ]);
  });

  test.each([
    ['of another action', waiver('REACH-3[s3:GetObject on *]', '*')],
    ['of another role', waiver('REACH-3[s3:DeleteObject on *]', 'App/*/Writer/Policy')],
    ['of another finding', waiver('REACH-2[s3:DeleteObject on *]', '*')],
  ])('is to be removed whatever a waiver %s says', (_, other) => {
    expect(visible(markdown(acceptedAccess(unneeded, [other])))).toEqual([
      expect.stringContaining('**Remove** it: called by nobody.'),
    ]);
  });

  test('that a call needs has no waiver', () => {
    const needed = access('s3:GetObject', 'kept', 'a/*');
    expect(acceptedAccess(needed, [waiver('REACH-3[s3:GetObject on *]', '*')])).toEqual(needed);
  });

  test('has ARNs in what is folded alone', () => {
    const text = markdown(access('s3:GetObject', 'kept', 'a/*'));
    expect(visible(text).join()).not.toContain('arn:');
    for (const wave of waves) expect(text).toContain(`\`arn:aws:s3:::kept-${end[wave]}/a/*\``);
  });
});
