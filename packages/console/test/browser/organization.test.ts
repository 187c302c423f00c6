/// <reference lib="dom" />
import { describe, expect, test } from 'vitest';
import { noSections } from '../../src/models/sections.ts';
import { alarmOf, changed } from '../alarm-fixture.ts';
import { organizationRun } from '../org-fixture.ts';
import { start, stuckRun } from '../stuck-run.ts';
import { barriers, browserKit, goTo } from './kit.ts';

const { openFile: open, reports } = browserKit();

const child = '300000000201';
const hostile = {
  tenants: 3,
  waves: [`<img src=x onerror=alert(1)>`, '\u202eprod'],
  stages: ['__proto__', 'x'.repeat(78)],
  tenantName: (index: number) => ['__proto__', `<b onclick=alert(2)>`, `\u202e${'y'.repeat(80)}`][index] ?? '',
  accountName: (tenant: string, stage: string) => `"><script>alert(3)</script>${tenant}${stage}`,
};

describe('the organization', () => {
  test('of 10 accounts: large boxes with contents, a line with its condition, one more for what is denied', async () => {
    const shown = await open(organizationRun({ tenants: 3, waves: ['dev'] }), { hash: '#/organization' });
    expect(await shown.locator('h1').textContent()).toBe('2 of 3 tenants need a look');
    const [row] = await shown.locator('.matrix-line:not(.head)').all();
    expect(await row?.textContent()).toContain('tenant-0');
    const denied = shown.locator('.matrix-line', { hasText: 'tenant-2' });
    expect(await denied.locator('.line-refused').textContent()).toBe('denied 504 times');
    expect(await denied.locator('.off-screen').textContent()).toBe(
      'tenant-2-parent-dev starts workflows of tenant-2-child-dev as target if external id is main; denied 504 times',
    );
    expect(await denied.locator('.account-box').first().textContent()).toContain('1 machine, 1 role');
    expect(await shown.locator('nav .count').first().textContent()).toContain('2');
    expect(reports()).toEqual([]);
  });

  test('of 42 accounts: a row for each tenant, a column for each wave; the bars are about the account with the focus', async () => {
    const shown = await open(organizationRun({ tenants: 10 }), { hash: '#/organization' });
    await expect.poll(() => shown.locator('.matrix-line:not(.head)').count()).toBe(10);
    expect(await shown.locator('.matrix [role=columnheader]').allTextContents()).toEqual([
      'Tenant',
      'dev first wave, without approval',
      'prod second wave, after approval',
      'Last runs',
    ]);
    const bars = shown.locator('.shared-bars .quiet');
    expect(await bars.allTextContents()).toEqual([
      'deploys 40 stacks to 40 accounts',
      'receives metrics and logs of 40 accounts, 0 dashboards, 0 alarms',
    ]);
    await shown.locator(`[data-account="${child}"]`).focus();
    await expect
      .poll(() => bars.allTextContents())
      .toEqual(['deploys 1 stack, may assume 1 role here', 'receives its metrics and logs by a link']);
    await expect.poll(() => shown.locator('.shared-lines path').count()).toBe(2);
    await shown.keyboard.press('Enter');
    await shown.locator('.detail').waitFor();
    expect(await shown.locator('.detail h2').textContent()).toBe('tenant-2-child-dev');
    expect(reports()).toEqual([]);
  });

  test('of 202 accounts is drawn within a second, with the tenants that are well folded until somebody asks', async () => {
    const shown = await open(organizationRun({ tenants: 50 }));
    const took = await shown.evaluate(async () => {
      const begun = performance.now();
      location.hash = '#/organization';
      while (document.querySelector('.matrix-line:not(.head)') === null)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - begun;
    });
    expect(took).toBeLessThan(1_000);
    const folded = shown.locator('.folded button');
    expect(await folded.textContent()).toContain('47 tenants are well: show');
    expect(await shown.locator('.matrix').getAttribute('aria-rowcount')).toBe('5');
    await folded.click();
    await expect.poll(() => shown.locator('.matrix').getAttribute('aria-rowcount')).toBe('51');
    await shown.keyboard.press('/');
    await shown.keyboard.type('tenant-49-child');
    await expect.poll(() => shown.locator('.matrix-line:not(.head)').count()).toBe(1);
    expect(reports()).toEqual([]);
  });

  test('of 10,000 tenants draws the rows in sight, and scrolls to the last of them', async () => {
    const shown = await open(organizationRun({ tenants: 10_000, waves: ['dev'], stages: ['only'] }), {
      hash: '#/organization?filter=tenant',
    });
    await shown.locator('.matrix').waitFor();
    expect(await shown.locator('.matrix').getAttribute('aria-rowcount')).toBe('10001');
    expect(await shown.locator('.account-box').count()).toBeLessThan(60);
    await shown.locator('.matrix .virtual').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => shown.locator('.matrix-line').last().getAttribute('aria-rowindex')).toBe('10001');
    expect(reports()).toEqual([]);
  });

  test('is used with the keyboard alone: rows, detail, back to the row, back to the front page', async () => {
    const shown = await open(organizationRun({ tenants: 3 }));
    for (const key of ['g', 'o']) await shown.keyboard.press(key);
    await shown.locator('.matrix').waitFor();
    const account = () => shown.evaluate(() => document.activeElement?.getAttribute('data-account'));
    for (let step = 0; step < 3; step += 1) await shown.keyboard.press('j');
    await expect.poll(() => account()).toBe('300000000000');
    await shown.keyboard.press('j');
    await expect.poll(() => account()).toBe('300000000001');
    await shown.keyboard.press('Enter');
    await shown.locator('.detail').waitFor();
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toBe('tenant-0-child-dev');
    await shown.keyboard.press('[');
    await expect.poll(() => shown.locator('.detail h2').textContent()).toBe('tenant-0-parent-dev');
    await shown.keyboard.press('Escape');
    await expect.poll(() => shown.locator('.detail').count()).toBe(0);
    await expect.poll(account).toBe('300000000000');
    await shown.keyboard.press('Escape');
    await shown.locator('.cards').waitFor();
    expect(reports()).toEqual([]);
  });

  test('says in the detail of an account who may come in, what its roles use, its stacks, and where more is to see', async () => {
    const shown = await open(organizationRun({ tenants: 3 }), { hash: `#/organization/${child}` });
    const text = (await shown.locator('.detail').textContent()) ?? '';
    expect(text).toContain('child of tenant-2 in wave dev');
    expect(text).toContain('tenant-2-parent-devas target, if external id is main');
    expect(text).toContain('toolingas deploy, if organization is o-exampleorg1');
    expect(text).toContain('1 stack');
    expect(text).toContain('CREATE_COMPLETE, 1 machine, 2 roles, us-east-1');
    expect(text).toContain('at most 1,000 invocations of functions');
    await shown.locator('.account-roles a', { hasText: 'target' }).click();
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 action is denied, 504 times');
    expect(await shown.locator('.permissions [data-row]').count()).toBe(1);
    await goTo(shown, '#/organization/300000000000');
    await shown.locator('.detail .plain-list a').click();
    await expect.poll(() => shown.locator('h1').textContent()).toContain('tenant-0 parent');
    expect(reports()).toEqual([]);
  });

  test('leads from an account to the alarms that watch it or are deployed in it, by an address that can be shared', async () => {
    const run = organizationRun({ tenants: 3 });
    const alarms = [
      alarmOf({ name: 'its-own', account: child, watches: [], history: [changed(1, 'ALARM')] }),
      alarmOf({ name: 'of-it', watches: [child] }),
      alarmOf({ name: 'of-another', watches: ['300000000000'] }),
    ].map((alarm) => ({ ...alarm, description: '' }));
    const source = { ...run, sections: { ...noSections, ...run.sections, alarms } };
    const shown = await open(source, { hash: `#/organization/${child}` });
    expect(await shown.locator('.detail').textContent()).toContain('2 alarms of this account, 1 in alarm');
    await shown.locator('.detail a', { hasText: '2 alarms' }).click();
    const names = () => shown.locator('.alarms .virtual .cell-name a').allTextContents();
    await expect.poll(names).toEqual(['its-own', 'of-it']);
    expect(await shown.locator('.filters [aria-current]').textContent()).toBe('of tenant-2-child-dev 2');
    await shown.reload();
    await expect.poll(names).toEqual(['its-own', 'of-it']);
    await shown.getByRole('link', { name: 'All 3' }).click();
    await expect.poll(names).toHaveLength(3);
    await goTo(shown, '#/organization/300000000001');
    await expect.poll(() => shown.locator('.detail').textContent()).toContain('None watches this account.');
    expect(reports()).toEqual([]);
  });

  test('says what to do where there is none, or no account in it', async () => {
    const shown = await open(stuckRun(), { hash: '#/organization' });
    expect(await shown.locator('.empty').textContent()).toContain('npx crosswind console');
    const empty = await open(organizationRun({ tenants: 0 }), { hash: '#/organization' });
    expect(await empty.locator('h1').textContent()).toBe('2 accounts, 0 tenants, 2 waves');
    expect(await empty.locator('.empty').textContent()).toContain('platform.yaml');
    expect(reports()).toEqual([]);
  });

  test('at an earlier time has the states and the denied calls of then', async () => {
    const at = new Date(start + 10_000).toISOString();
    const shown = await open(organizationRun({ tenants: 3 }), { hash: `#/organization?at=${at}` });
    expect(await shown.locator('h1').textContent()).toBe('1 of 3 tenants needs a look');
    expect(await shown.locator('.off-screen', { hasText: 'denied' }).textContent()).toContain('denied 2 times');
    await goTo(shown, `#/organization?at=${new Date(start - 120_000).toISOString()}`);
    await expect.poll(() => shown.locator('h1').textContent()).toBe('14 accounts, 3 tenants, 2 waves');
    await goTo(shown, `#/organization/${child}?at=${new Date(start - 120_000).toISOString()}`);
    await expect.poll(() => shown.locator('.stack-row').textContent()).toContain('not deployed');
    expect(reports()).toEqual([]);
  });

  test('shows hostile names as text', async () => {
    const shown = await open(organizationRun(hostile), { hash: '#/organization' });
    for (const hash of [
      '#/organization',
      `#/organization/${child}`,
      '#/',
      '#/runs?filter=__proto__',
      '#/permissions',
    ]) {
      await goTo(shown, hash);
      await shown.waitForTimeout(50);
      await expect.poll(() => shown.locator('main img, main script, main b').count()).toBe(0);
      const width = await shown.evaluate(() => document.documentElement.scrollWidth);
      expect(`${hash} ${width}`).toBe(`${hash} 1440`);
    }
    await goTo(shown, '#/organization');
    await shown.locator('.matrix').waitFor();
    const names = await shown.locator('.matrix-name strong').allTextContents();
    expect(names).toEqual(expect.arrayContaining(['__proto__', `<b onclick=alert(2)>`, `[U+202E]${'y'.repeat(80)}`]));
    await goTo(shown, '#/runs?filter=__proto__');
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 of 3 runs: 1 failed');
    expect(reports()).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1_440, 320])('no view has a barrier that axe-core finds, nor is it wider than %i px', async (width) => {
    const found: string[] = [];
    for (const tenants of [2, 10, 50]) {
      const shown = await open(organizationRun({ tenants }), { scheme, width, hash: '#/organization' });
      for (const hash of ['#/organization', `#/organization/300000000001`, '#/', '#/runs']) {
        await goTo(shown, hash);
        await shown.waitForTimeout(100);
        found.push(...(await barriers(shown)).map((barrier) => `${tenants} tenants, ${hash} ${barrier}`));
      }
      await shown.close();
    }
    expect(found).toEqual([]);
  });
});

describe('the front page of many tenants', () => {
  test('names the stuck run of all tenants first; its statement is copied with the second key', async () => {
    const run = stuckRun();
    const many = organizationRun({ tenants: 30 });
    const shown = await open({
      ...many,
      accounts: [...many.accounts, ...run.accounts],
      executions: [...many.executions, ...run.executions],
      verdicts: run.verdicts,
      decisions: run.decisions,
    });
    expect(await shown.locator('h1').textContent()).toBe('2 runs ended badly, everything else is well');
    expect(await shown.locator('.pair-box').allTextContents()).toEqual([
      'wind-speed parentwind-parent-dev',
      'wind-speed childwind-child-dev',
    ]);
    expect(await shown.locator('.pair-line').textContent()).toContain('DescribeExecution');
    await shown.keyboard.press('Enter');
    await shown.locator('.verdict').waitFor();
    await shown.keyboard.press('y');
    await expect.poll(() => shown.locator('[role=status]').textContent()).toBe('statement copied');
    expect(reports()).toEqual([]);
  });

  test('has at most five tenants, those that need a look first, and leads to their runs and to what is denied', async () => {
    const shown = await open(organizationRun({ tenants: 30 }));
    const fleet = shown.locator('section[aria-labelledby=now-fleet]');
    expect(await fleet.locator('tbody td:first-child').allTextContents()).toEqual(
      ['0', '2', '1', '3', '4'].map((index) => `tenant-${index}`),
    );
    expect(await fleet.locator('tbody tr').nth(1).locator('[aria-label="calls are denied 504 times"]').count()).toBe(1);
    expect(await fleet.locator('.fleet-rest').textContent()).toBe('25 more tenants, none of them needs a look');
    await fleet.locator('a', { hasText: 'tenant-1' }).first().click();
    await expect.poll(() => shown.locator('h1').textContent()).toBe('1 of 30 runs: 1 running');
    await goTo(shown, '#/');
    await shown.locator('section[aria-labelledby=now-decisions] td a').first().click();
    await shown.locator('.detail').waitFor();
    expect(reports()).toEqual([]);
  });

  test('says that nothing ran where nothing did, with every tenant that could', async () => {
    const shown = await open({ ...organizationRun({ tenants: 2 }), executions: [], decisions: [] });
    expect(await shown.locator('h1').textContent()).toBe('Nothing ran yet');
    expect(await shown.locator('section[aria-labelledby=now-runs] .empty').textContent()).toContain('npm start');
    expect(await shown.locator('section[aria-labelledby=now-fleet] td').allTextContents()).toEqual(
      ['tenant-0', 'tenant-1'].flatMap((name) => [name, 'never ran', 'never ran']),
    );
    expect(reports()).toEqual([]);
  });
});
