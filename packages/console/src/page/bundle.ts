import { join } from 'node:path';
import { build } from 'esbuild';
import { tokensCss } from '../chart/tokens.ts';

/** Program and style of the page. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

const app = join(import.meta.dirname, '..', 'app');

/** Bundles the page in memory; it takes a quarter of a second the first time. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { page: join(app, 'main.tsx') },
    outdir: 'page',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome120', 'firefox121', 'safari17'],
    tsconfig: join(app, 'tsconfig.json'),
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: tokensCss() + textOf('.css') };
}
