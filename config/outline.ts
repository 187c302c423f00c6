import { z } from 'zod';
import { accountId, accountName, accountState, email, region } from './schema.ts';

/** The value where it is well-formed, else nothing: whatever else is wrong with the file, the rest can be compared. */
const wellFormed = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const account = z.object({
  /** As it is written: even a wrong name may be what another place means. */
  name: wellFormed(z.string()),
  id: wellFormed(accountId),
  email: wellFormed(email),
  state: wellFormed(accountState),
  frozen: wellFormed(z.boolean()),
  region: wellFormed(region),
});
const placement = z.object({ parent: wellFormed(accountName), child: wellFormed(accountName) });
const named = z.object({ name: wellFormed(z.string()) });
const tenant = z.object({
  name: wellFormed(z.string()),
  waves: z.record(z.string(), placement.catch({})).catch({}),
});
const service = z.object({ account: wellFormed(accountName) }).catch({});

const outline = z.object({
  organization: z.object({ managementAccount: wellFormed(accountId) }).catch({}),
  region: wellFormed(region),
  pipeline: service,
  monitoring: service,
  waves: z.array(named.catch({})).catch([]),
  accounts: z.array(account.catch({})).catch([]),
  tenants: z.array(tenant.catch({ waves: {} })).catch([]),
});

/** What of the file is well-formed, each thing under the path that it has in the file. */
export type Outline = z.infer<typeof outline>;

/** What can be compared in a file of which some may be wrong; never fails. */
export function outlineOf(file: unknown): Outline {
  return outline.catch(outline.parse({})).parse(file);
}
