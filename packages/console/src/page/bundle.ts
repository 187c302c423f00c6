import { basename, join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { minifySync } from 'rolldown/utils';
import { tokensCss } from '../chart/tokens.ts';

/** Program and style of a page in one file. */
export interface FileBundle {
  readonly script: string;
  readonly style: string;
  readonly metafile: Metafile;
}

/** Programs and style of a page that a server has. */
export interface ServedBundle {
  /** Program of the page as `page.js`, and those that it loads, by the names of their files. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly style: string;
  readonly metafile: Metafile;
}

const app = join(import.meta.dirname, '..', 'app');

const target = ['chrome120', 'firefox121', 'safari17'];

/** Options of each bundle of the page. */
export const bundleOptions = {
  absWorkingDir: join(import.meta.dirname, '..', '..'),
  outdir: 'page',
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  platform: 'browser',
  target,
  // Elements as calls of `h`, not of the automatic runtime that `tsconfig.json` has for types.
  tsconfigRaw: {},
  jsxFactory: 'h',
  jsxFragment: 'Fragment',
  inject: [join(import.meta.dirname, 'jsx.ts')],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
} satisfies BuildOptions;

let ofFile: Promise<FileBundle> | undefined;
let ofServer: Promise<ServedBundle> | undefined;

/** Page of a file, bundled in memory once in a process: it takes a quarter of a second. */
export const bundleFile = (): Promise<FileBundle> => (ofFile ??= bundledFile());

async function bundledFile(): Promise<FileBundle> {
  const { outputFiles, metafile } = await build({
    ...bundleOptions,
    entryPoints: { page: join(app, 'main-file.tsx') },
    format: 'iife',
    define: { IS_SERVED: 'false' },
  });
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: shorter(textOf('.js')), style: tokensCss() + textOf('.css'), metafile };
}

/** A program with names that repeat more than those of esbuild: gzip makes it 4 % shorter, for 0.2 s. */
function shorter(script: string): string {
  const { code, errors } = minifySync('page.js', script, { compress: { target }, mangle: { toplevel: true } });
  if (errors.length > 0) throw new Error(`page.js: ${errors.map(({ message }) => message).join(', ')}`);
  return code;
}

/**
 * Page that a server has, bundled once in a process: each view is a program of its own. The style is that of the file,
 * with all views.
 */
export const bundleServed = (): Promise<ServedBundle> => (ofServer ??= bundledServed());

async function bundledServed(): Promise<ServedBundle> {
  const [{ style }, { outputFiles, metafile }] = await Promise.all([
    bundleFile(),
    build({
      ...bundleOptions,
      entryPoints: { page: join(app, 'main-served.tsx') },
      format: 'esm',
      splitting: true,
      loader: { '.css': 'empty' },
      define: { IS_SERVED: 'true' },
    }),
  ]);
  return { scripts: new Map(outputFiles.map(({ path, text }) => [basename(path), text])), style, metafile };
}
