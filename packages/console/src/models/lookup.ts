import type { BatchColumns } from './batches.ts';
import type { DecisionModel } from './decisions.ts';
import type { EventColumns } from './events.ts';
import { grouped } from './grouped.ts';
import { remembered } from './remembered.ts';
import type { AccountModel } from './snapshot.ts';
import type { ClaimModel, VerdictModel } from './verdict.ts';

const eventsByExecution = remembered(
  (events: readonly EventColumns[]) => new Map(events.map((columns) => [columns.execution, columns])),
);

/** Events of an execution, undefined if none are known. */
export const eventsOf = (events: readonly EventColumns[], arn: string): EventColumns | undefined =>
  eventsByExecution(events).get(arn);

const batchesByExecution = remembered((batches: readonly BatchColumns[]) =>
  grouped(batches, ({ execution }) => execution),
);

/** Map Runs of an execution. */
export const mapRunsOf = (batches: readonly BatchColumns[], arn: string): readonly BatchColumns[] =>
  batchesByExecution(batches).get(arn) ?? [];

const claimsByExecution = remembered((verdicts: readonly VerdictModel[]) =>
  grouped(
    verdicts.flatMap((verdict) => verdict.claims.map((claim) => ({ claim, verdict }))),
    ({ claim }) => claim.execution,
  ),
);

/** Claims about an execution, each with the verdict that it is a part of. */
export const claimsAbout = (
  verdicts: readonly VerdictModel[],
  arn: string,
): readonly { readonly claim: ClaimModel; readonly verdict: VerdictModel }[] =>
  claimsByExecution(verdicts).get(arn) ?? [];

const decisionsByDenial = remembered((decisions: readonly DecisionModel[]) =>
  grouped(decisions, ({ denial }) => denial),
);

/** Decisions that a piece of evidence is about. */
export const decisionsOf = (decisions: readonly DecisionModel[], denial: string): readonly DecisionModel[] =>
  decisionsByDenial(decisions).get(denial) ?? [];

const namesById = remembered(
  (accounts: readonly AccountModel[]) => new Map(accounts.map(({ id, name }) => [id, name])),
);

/** Name of an account, undefined if it has none. */
export const accountName = (accounts: readonly AccountModel[], id: string): string | undefined =>
  namesById(accounts).get(id);
