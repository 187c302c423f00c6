import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { staticPage } from '../../src/page/static-page.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { plainNames, stuckRun } from '../stuck-run.ts';

const snapshot = snapshotOf(stuckRun());

const found = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';

describe('the static page', () => {
  test('runs what its policy names by hash, and nothing else', async () => {
    const { html } = await staticPage({ snapshot, withData: true });
    const policy = found(html, /Content-Security-Policy" content="([^"]+)"/);
    const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src '${hashOf(found(html, /<script>([^]*)<\/script>\n<\/body>/))}'`);
    expect(policy).toContain(`style-src '${hashOf(found(html, /<style>([^]*)<\/style>/))}'`);
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('has no name of the run outside of its data, which no parser reads', async () => {
    const title = '</script><img src=x onerror=alert(1)>';
    const { html } = await staticPage({ snapshot: snapshotOf(stuckRun({ ...plainNames, title })), withData: true });
    expect(html).not.toContain('onerror');
    const data = found(html, /id="data">([^<]*)</);
    expect(data).toMatch(/^[A-Za-z0-9+/=]+$/);
    expect(gunzipSync(Buffer.from(data, 'base64')).toString()).toContain('onerror');
  });

  test('leaves out as much as it must, and says what', async () => {
    const whole = await staticPage({ snapshot, withData: true });
    expect(whole.cut).toEqual([]);
    const less = await staticPage({ snapshot, withData: true, mostBytes: Buffer.byteLength(whole.html) - 1 });
    expect(less.cut.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(less.html)).toBeLessThan(Buffer.byteLength(whole.html));
  });

  test('is refused where nothing that can be left out makes it fit', async () => {
    await expect(staticPage({ snapshot, withData: true, mostBytes: 1_000 })).rejects.toThrow(
      /the page needs \d+ bytes with everything cut that can be: expected at most 1000/,
    );
  });
});
