/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import type { DecisionModel } from '../../src/models/decisions.ts';
import type { DenialModel } from '../../src/models/denials.ts';
import { noSections } from '../../src/models/sections.ts';
import type { RunSource } from '../../src/server/snapshot.ts';
import { start, stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

const account = '444444444444';
const target = `arn:aws:iam::${account}:role/target`;
const statement = JSON.stringify({ Effect: 'Allow', Action: 'states:DescribeExecution' }, null, 2);

const denial = (given: Partial<DenialModel> = {}): DenialModel => ({
  ...{ id: 'denial-1', kind: 'implicit deny', principal: target, action: 'states:DescribeExecution', resource: '*' },
  ...{ account, reason: 'role target of 444444444444 lacks states:DescribeExecution', first: start + 5_000 },
  ...{ layers: ['identity'], hints: [], fixes: [{ place: 'identity policy of role target', text: statement }] },
  ...given,
});

const decision = (index: number, given: Partial<DecisionModel> = {}): DecisionModel => ({
  ...{ id: `decision-${index + 10}`, principal: `arn:aws:iam::${account}:role/r${index}`, action: 's3:GetObject' },
  ...{ resource: 'arn:aws:s3:::b/*', account, verdict: 'allowed', first: start, last: start, times: 1 },
  ...{ seconds: [[start, 1]], denial: null },
  ...given,
});

/** The stuck run with other decisions besides its own, and the explanations of what was denied. */
function source(decisions: readonly DecisionModel[] = [], denials: readonly DenialModel[] = [denial()]): RunSource {
  const run = stuckRun();
  const changes = [
    {
      ...{ id: 'change-1', at: start - 1_000, account, kind: 'fault' as const, resource: target },
      sentence: 'the target role may not describe executions',
    },
  ];
  return { ...run, decisions: [...run.decisions, ...decisions], sections: { ...noSections, denials, changes } };
}

const explicit = decision(1, { verdict: 'explicit deny', action: 's3:PutObject', denial: 'denial-2', times: 2 });
const open1 = decision(2, { verdict: 'undecidable', action: 'x:Unknown', denial: 'denial-3' });
const others = [
  denial({ id: 'denial-2', kind: 'explicit deny', action: 's3:PutObject', layers: ['boundary'], fixes: [] }),
  denial({
    id: 'denial-3',
    kind: 'undecidable',
    action: 'x:Unknown',
    layers: [],
    hints: ['x is not known'],
    fixes: [],
  }),
];

describe('permissions', () => {
  test('say what is denied first, why, and which statement fixes it; y copies it', async () => {
    const shown = await open(source([decision(1)]));
    for (const key of ['g', 'p']) await shown.keyboard.press(key);
    await shown.locator('.permissions').waitFor();
    expect(await shown.locator('h1').textContent()).toBe('1 action is denied, 900 times');
    expect(await shown.locator('[aria-current=page] .count').textContent()).toContain('900');
    for (const key of ['j', 'Enter']) await shown.keyboard.press(key);
    const detail = shown.locator('.detail');
    await detail.waitFor();
    expect(await detail.locator('h2').textContent()).toBe('target may not states:DescribeExecution');
    const text = (await detail.textContent()) ?? '';
    expect(text).toContain('Role target of 444444444444 lacks states:DescribeExecution.');
    expect(text).toContain('Missing in the identity policies of the role.');
    expect(text).toContain('the target role may not describe executions');
    expect(text).toContain('because of this');
    expect(await detail.locator('pre').first().textContent()).toBe(statement);
    await shown.keyboard.press('y');
    await expect.poll(() => shown.locator('[role=status]').textContent()).toBe('statement copied');
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toContain('may not');
    expect(reports()).toEqual([]);
  });

  test.each([
    ['denied', 's3:PutObject', 'A Deny in the permissions boundary of the role decides'],
    ['undecided', 'x:Unknown', 'AWS would decide.'],
    ['allowed', 's3:GetObject', 'none denies it'],
  ])('that are %s are listed alone and explained', async (verdict, action, explained) => {
    const shown = await open(source([explicit, open1, decision(3)], [denial(), ...others]), {
      hash: `#/permissions?state=${verdict}&filter=${encodeURIComponent(action)}`,
    });
    await shown.locator('.permissions [data-row]').click();
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('.detail').textContent()).toContain(explained);
    expect(await shown.locator('.permissions [data-row]').count()).toBe(1);
    expect(await shown.evaluate(() => location.hash)).toContain(`state=${verdict}`);
    expect(reports()).toEqual([]);
  });

  test('have a table of seconds with the numbers of the strip', async () => {
    const shown = await open(source(), { hash: '#/permissions' });
    await shown.locator('.permissions [data-row]').click();
    await shown.locator('.detail summary').click();
    const rows = shown.locator('.seconds .grid-row:not(.head)');
    await expect.poll(() => rows.first().textContent()).toBe('05:30:251');
    await expect.poll(() => shown.locator('.seconds').getAttribute('aria-rowcount')).toBe('901');
    await expect
      .poll(() => shown.locator('.detail .when-strip').getAttribute('aria-label'))
      .toBe('900 times from 05:30:25 to 06:45:20 UTC');
  });

  test('of a role are those of its account only, and Esc leads back to all', async () => {
    const shown = await open(source([decision(1)]), { hash: `#/permissions/${encodeURIComponent(target)}` });
    await expect.poll(() => shown.locator('.permissions [data-row]').count()).toBe(1);
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.permissions [data-row]').count()).toBe(2);
  });

  test('at an earlier time are those until then', async () => {
    const hash = `#/permissions?at=${new Date(start + 50_000).toISOString()}`;
    const shown = await open(source(), { hash });
    expect(await shown.locator('h1').textContent()).toBe('1 action is denied, 10 times');
    await goTo(shown, `#/permissions?at=${new Date(start + 1_000).toISOString()}`);
    await expect.poll(() => shown.locator('h1').textContent()).toBe('No call was checked yet');
    expect(await shown.locator('.empty').textContent()).toContain('move the strip to the right');
  });

  test('of 10,000 groups draw the rows in sight; a filter that nothing matches says so', async () => {
    const shown = await open(source(Array.from({ length: 10_000 }, (_, index) => decision(index))), {
      hash: '#/permissions',
    });
    const rows = shown.locator('.permissions .grid-row');
    await shown.locator('.permissions .virtual').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => rows.last().getAttribute('aria-rowindex')).toBe('10002');
    expect(await rows.count()).toBeLessThan(60);
    await shown.keyboard.press('/');
    await shown.keyboard.type('nobody like that');
    await expect.poll(() => shown.locator('.empty').textContent()).toContain('change the filter');
    expect(reports()).toEqual([]);
  });

  test('show hostile names as text', async () => {
    const name = `<img src=x onerror=alert(1)>\u202e${'x'.repeat(80)}`;
    const hostile = decision(1, {
      principal: name,
      action: '__proto__',
      resource: name,
      verdict: 'implicit deny',
      denial: 'd',
    });
    const shown = await open(source([hostile], [denial({ id: 'd', reason: name, hints: [name] })]), {
      hash: `#/permissions?event=${encodeURIComponent(`${name} __proto__ implicit deny`)}`,
    });
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('main img').count()).toBe(0);
    expect(await shown.locator('.detail h2').textContent()).toContain('[U+202E]');
    expect(await shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(reports()).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('no view has a barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const shown = await open(source([explicit, open1, decision(3)], [denial(), ...others]), { scheme, width });
    const found: string[] = [];
    const row = encodeURIComponent(`${target} states:DescribeExecution implicit deny`);
    for (const hash of [
      '#/',
      '#/permissions',
      `#/permissions?event=${row}`,
      `#/permissions/${encodeURIComponent(target)}`,
    ]) {
      await goTo(shown, hash);
      await shown.waitForTimeout(100);
      found.push(...(await barriers(shown)).map((barrier) => `${hash} ${barrier}`));
    }
    expect(found).toEqual([]);
  });
});
