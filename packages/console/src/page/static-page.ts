import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Snapshot } from '../models/snapshot.ts';
import { cutSnapshots } from '../server/cuts.ts';
import { bundleFile, type FileBundle } from './bundle.ts';

export interface StaticPageProps {
  readonly snapshot: Snapshot;
  /** False to leave out inputs, outputs and details of events. */
  readonly withData: boolean;
  /**
   * Bytes that the page has at most.
   *
   * @default 2,000,000
   */
  readonly mostBytes?: number;
}

export interface StaticPage {
  readonly html: string;
  /** Sentences about what was left out. */
  readonly cut: readonly string[];
}

const defaultMostBytes = 2_000_000;

/**
 * A page in one file that opens from disk: program, style, and the models as text that no browser runs.
 *
 * @throws RangeError if it does not fit even without everything that can be left out
 */
export async function staticPage(props: StaticPageProps): Promise<StaticPage> {
  const { snapshot, withData, mostBytes = defaultMostBytes } = props;
  const bundle = await bundleFile();
  let html = '';
  for (const cut of cutSnapshots(snapshot, withData)) {
    html = pageOf(bundle, cut);
    if (Buffer.byteLength(html) <= mostBytes) return { html, cut: cut.cut };
  }
  throw new RangeError(
    `the page needs ${Buffer.byteLength(html)} bytes with everything cut that can be: expected at most ${mostBytes}`,
  );
}

function pageOf({ script, style }: FileBundle, snapshot: Snapshot): string {
  const data = gzipSync(JSON.stringify(snapshot), { level: 9 }).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  // Names of the run are in the data alone: nothing of it is ever parsed as HTML.
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<title>Crosswind, simulated</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><main><h1>This page needs JavaScript to unpack the run</h1></main></div>',
    `<script type="text/plain" id="data">${data}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Source of a Content Security Policy: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
