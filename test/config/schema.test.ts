import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { platformJsonSchema } from '../../config/json-schema.ts';
import { discoverContracts, cloneAt } from '../../blocks/discover-workloads.ts';
import { contracts } from '../workloads.ts';

test('the committed JSON schema is the one that the parser checks with, workloads of the clone included', async () => {
  const stale = 'platform.schema.json is stale: run `npm run schema`';
  expect(readFileSync('platform.schema.json', 'utf8'), stale).toBe(
    platformJsonSchema(await discoverContracts(cloneAt('.'))),
  );
});

test('the schema serves editors with what each setting means, and with the values that it may have', () => {
  const schema = JSON.stringify(JSON.parse(platformJsonSchema(contracts)));
  expect(schema).toContain('"batchSize":{"default":500,"description":"Objects per batch');
  expect(schema).toContain('"enum":["pending","active","draining","detached"]');
  expect(schema).toContain('"additionalProperties":false');
});
