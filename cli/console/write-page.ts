import { join } from 'node:path';
import { staticPage } from '@crosswind/console/page/static-page';
import { type RunSource, snapshotOf } from '@crosswind/console/server/snapshot';
import { writeFileOf } from '../output-file.ts';

/** Name of the page in the directory that a run writes to. */
export const pageName = 'run.html';

export interface WrittenPage {
  readonly file: string;
  /** Sentences about what was left out. */
  readonly cut: readonly string[];
}

export interface WritePageProps {
  /** Directory that exists. */
  readonly out: string;
  /** False to leave out inputs, outputs and details of events. */
  readonly withData: boolean;
}

/** Writes a page that opens from disk and shows a run. */
export async function writePage(source: RunSource, { out, withData }: WritePageProps): Promise<WrittenPage> {
  const { html, cut } = await staticPage({ snapshot: snapshotOf(source), withData });
  const file = join(out, pageName);
  await writeFileOf('--out', file, html);
  return { file, cut };
}
