import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundlePage } from '../src/page/bundle.ts';
import { staticPage } from '../src/page/static-page.ts';
import { snapshotOf } from '../src/server/snapshot.ts';
import { largeRun, type Size } from './large-run.ts';
import { organizationRun } from './org-fixture.ts';

export { longHistory } from './imported/long-history.ts';

/** Bytes of program and style, gzipped. */
export async function pageBytes(): Promise<number> {
  const { script, style } = await bundlePage();
  return gzipSync(script, { level: 9 }).length + gzipSync(style, { level: 9 }).length;
}

/** A page in one file with a run of that size. */
export async function largePage(size: Size): Promise<string> {
  const { html } = await staticPage({ snapshot: snapshotOf(largeRun(size)), withData: true });
  return html;
}

/** A page in one file with an organization of 200 accounts: 33 tenants with two accounts in each of three waves, and two of its own. */
export async function organizationPage(): Promise<string> {
  const source = organizationRun({ tenants: 33, waves: ['dev', 'test', 'prod'] });
  const { html } = await staticPage({ snapshot: snapshotOf(source), withData: true });
  return html;
}

/** A large page with `benchSnapshot` and `benchPatch` in reach of a bench, and so without its content security policy. */
export async function patchablePage(size: Size): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: { page: join(import.meta.dirname, 'page-with-store.mjs') },
    outdir: 'page',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    tsconfig: join(import.meta.dirname, '../src/app/tsconfig.json'),
    logLevel: 'silent',
  });
  const script = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const html = await largePage(size);
  return html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace(/<script>[^]*<\/script>\n<\/body>/, () => `<script>${script}</script>\n</body>`);
}
