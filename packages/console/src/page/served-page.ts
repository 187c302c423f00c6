import { bundlePage } from './bundle.ts';

/** Files of a served page: no data is in them. */
export interface ServedPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** Bundles the page for a server that also answers with its models. */
export const servedPage = async (): Promise<ServedPage> => ({ html, ...(await bundlePage()) });

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
  '<script src="page.js"></script>',
  '</body>',
  '</html>',
  '',
].join('\n');
