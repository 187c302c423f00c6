import { build } from 'esbuild';

const root = `${import.meta.dirname}/..`;

/** Bundles a file of the repository as the functions are bundled for Lambda (services/wind-speed/wind-speed-function.ts). */
export async function bundle(entry, outfile) {
  await build({
    entryPoints: [`${root}/${entry}`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}
