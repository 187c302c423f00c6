import { bundleServed } from './bundle.ts';

/** Files of a served page: no data is in them. */
export interface ServedPage {
  readonly html: string;
  readonly style: string;
  /** Programs by the names of their files. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** Bundles the page for a server that also answers with its models. */
export async function servedPage(): Promise<ServedPage> {
  const { scripts, style } = await bundleServed();
  return { html, scripts, style };
}

const html = [
  '<!doctype html>',
  '<html lang="en">',
  '<head>',
  '<meta charset="utf-8">',
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
  '<title>Crosswind, simulated</title>',
  '<link rel="stylesheet" href="page.css">',
  '<link rel="icon" href="data:,">',
  '</head>',
  '<body>',
  '<div id="page"><main><h1>This page needs JavaScript to read the runs</h1></main></div>',
  '<script type="module" src="page.js"></script>',
  '</body>',
  '</html>',
  '',
].join('\n');
