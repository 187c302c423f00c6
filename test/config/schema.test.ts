import { expect, test } from 'vitest';
import { z } from 'zod';
import { platformSchema } from '../../config/schema.ts';

test('the schema serves editors as JSON schema, with what each setting means', () => {
  const text = JSON.stringify(z.toJSONSchema(platformSchema, { io: 'input' }));
  expect(text).toContain('"batchSize":{"default":500,"description":"Objects per batch');
});
