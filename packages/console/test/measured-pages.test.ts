import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Snapshot } from '../src/models/snapshot.ts';
import { organizationPage } from './measured-pages.ts';

test('the organization that a bench draws has 200 accounts in 33 tenants', async () => {
  const [, data = ''] = /id="data"[^>]*>([^<]*)</.exec(await organizationPage()) ?? [];
  const { sections } = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as Snapshot;
  const counts = [sections.organization?.accounts.length, sections.organization?.tenants.length];
  expect(counts).toEqual([200, 33]);
});
