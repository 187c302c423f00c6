import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { snapshotOf } from '@crosswind/console/server/snapshot';

/** The models in the page that a run wrote to a directory. */
export function snapshotIn(out: string): ReturnType<typeof snapshotOf> {
  const data = / id="data">([^<]*)</.exec(readFileSync(join(out, 'run.html'), 'utf8'))?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as ReturnType<typeof snapshotOf>;
}
