import { z } from 'zod';
import { type Contracts, stagesFromEntry } from '../blocks/contract.ts';
import { accountId, accountName, accountState, connection, email, region } from './schema.ts';

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
/** Content of a tenant's wave: accounts by stage, next to settings and schedule. */
const placement = z.record(z.string(), wellFormed(accountName));
const named = z.object({ name: wellFormed(z.string()) });
const tenant = z.object({
  name: wellFormed(z.string()),
  workload: wellFormed(z.string()),
  waves: z.record(z.string(), placement.catch({})).catch({}),
});
const service = z.object({ account: wellFormed(accountName) }).catch({});
const pipeline = z.object({ account: wellFormed(accountName), connection: wellFormed(connection) }).catch({});

const outline = z.object({
  organization: z.object({ managementAccount: wellFormed(accountId) }).catch({}),
  region: wellFormed(region),
  pipeline,
  monitoring: service,
  waves: z.array(named.catch({})).catch([]),
  accounts: z.array(account.catch({})).catch([]),
  tenants: z.array(tenant.catch({ waves: {} })).catch([]),
});

const noWave = z.object({ waves: z.array(z.unknown()).length(0) });

type Written = z.infer<typeof outline>;

/** A stage of a placement; the account is absent where it is missing or malformed. */
export interface OutlinedStage {
  readonly stage: string;
  readonly account?: string;
}

interface OutlinedTenant {
  readonly name?: string;
  /** By wave: the stages of its workload, the entry first; none for a workload that nobody knows. */
  readonly waves: Readonly<Record<string, readonly OutlinedStage[]>>;
}

/** Well-formed parts of the file, each under the path that it has in the file. */
export type Outline = Omit<Written, 'tenants'> & {
  readonly tenants: readonly OutlinedTenant[];
  /** True for a list of waves that is there and empty. */
  readonly hasNoWave: boolean;
};

/** Reads the parts that can be compared from a file that may be partly wrong. It never fails. */
export function outlineOf(file: unknown, contracts: Contracts): Outline {
  const written = outline.catch(outline.parse({})).parse(file);
  return {
    ...written,
    tenants: written.tenants.map((each) => outlined(each, contracts)),
    hasNoWave: noWave.safeParse(file).success,
  };
}

function outlined({ name, workload = '', waves }: Written['tenants'][number], contracts: Contracts): OutlinedTenant {
  const contract = contracts.get(workload);
  const stages = contract ? stagesFromEntry(contract) : [];
  const inWaves = Object.entries(waves).map(([wave, accounts]) => [
    wave,
    stages.map(({ name: stage }) => ({ stage, account: accounts[stage] })),
  ]);
  return { name, waves: Object.fromEntries(inWaves) as OutlinedTenant['waves'] };
}
