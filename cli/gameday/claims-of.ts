import { claimIds } from '../why/claim-ids.ts';
import { explainInSandbox } from '../why/sources/sandbox.ts';
import { WrongInput } from '../failure.ts';
import type { Arena } from './arena.ts';
import type { PlacedGame } from './game-platform.ts';

/**
 * Ids of the claims with which `crosswind why` explains the last run of the entry, and the last execution of all if that is
 * of another workflow.
 */
export function claimsOf({ sandbox, tenant: { name, deployed } }: Arena): readonly string[] {
  const { stages } = deployed;
  const last = sandbox.executions.all().at(-1);
  const isOther = last && stages.every(({ stateMachineArn }) => stateMachineArn !== last.machine.arn);
  const runs = [undefined, ...(isOther ? [last.arn] : [])];
  return runs.flatMap((of) => explainInSandbox(sandbox, { stages, of, tenant: name }).claims.map(({ id }) => id));
}

/** @throws WrongInput if a game names a claim that `crosswind why` never makes */
export function checkClaim({ game: { name, because } }: PlacedGame): void {
  if ((claimIds as readonly string[]).includes(because)) return;
  throw new WrongInput(`game day "${name}" names the claim "${because}"; known: ${claimIds.join(', ')}`);
}
