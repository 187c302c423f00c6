import { z } from 'zod';
import type { Contracts } from '../blocks/contract.ts';
import { platformSchema } from './schema.ts';

/** `platform.schema.json`: what editors complete and check `platform.yaml` with. Draft 7, which YAML language servers know. */
export function platformJsonSchema(contracts: Contracts): string {
  return `${JSON.stringify(z.toJSONSchema(platformSchema(contracts), { io: 'input', target: 'draft-7' }), null, 2)}\n`;
}
