import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleFile, bundleOptions, bundleServed, type ServedBundle } from '../src/page/bundle.ts';
import { staticPage } from '../src/page/static-page.ts';
import { snapshotOf } from '../src/server/snapshot.ts';
import { largeRun, type Size } from './large-run.ts';
import { organizationRun } from './org-fixture.ts';

export { longHistory } from './imported/long-history.ts';

/** Bytes of programs and of the style sheet that both pages have, gzipped. */
export interface PageBytes {
  readonly file: number;
  /** Programs that a served page loads before it shows the first view. */
  readonly servedFirst: number;
  readonly servedAll: number;
  readonly style: number;
}

export async function pageBytes(): Promise<PageBytes> {
  const [file, served] = [await bundleFile(), await bundleServed()];
  const first = loadedWith(served, 'src/app/main-served.tsx', 'src/app/now/now.tsx');
  return {
    file: gzipped([file.script]),
    servedFirst: gzipped(first.map((name) => served.scripts.get(name) ?? '')),
    servedAll: gzipped([...served.scripts.values()]),
    style: gzipped([file.style]),
  };
}

const gzipped = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);

/** Names of the scripts that are loaded with modules, without what these load on demand. */
export function loadedWith({ metafile: { outputs } }: ServedBundle, ...entries: readonly string[]): readonly string[] {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const each of outputs[path]?.imports ?? []) if (each.kind === 'import-statement') load(each.path);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entries.includes(entryPoint ?? '')) load(path);
  return [...loaded].map((path) => basename(path));
}

/** Modules that scripts have code of, as paths below this package. */
export const codeIn = ({ metafile: { outputs } }: Pick<ServedBundle, 'metafile'>, names?: readonly string[]) =>
  Object.entries(outputs)
    .filter(([path]) => path.endsWith('.js') && (names?.includes(basename(path)) ?? true))
    .flatMap(([, { inputs }]) => Object.entries(inputs))
    .flatMap(([module, { bytesInOutput }]) => (bytesInOutput > 0 ? [module] : []));

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
    ...bundleOptions,
    entryPoints: { page: join(import.meta.dirname, 'page-with-store.mjs') },
    format: 'iife',
    define: { IS_SERVED: 'false' },
  });
  const script = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const html = await largePage(size);
  return html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace(/<script>[^]*<\/script>\n<\/body>/, () => `<script>${script}</script>\n</body>`);
}
