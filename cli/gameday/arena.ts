import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { GameStack } from '../../blocks/game-day.ts';
import { stackName } from '../../blocks/workflow/address.ts';
import { WrongInput } from '../failure.ts';
import type { ChangedStacks } from './changed-stacks.ts';
import type { GamePlatform, GameTenant } from './game-platform.ts';

/** The sandbox of a game, and what has been done to it. */
export interface Arena {
  readonly sandbox: Sandbox;
  readonly platform: GamePlatform;
  readonly tenant: GameTenant;
  readonly stacks: ChangedStacks;
  /** Links that were cut, by account. */
  readonly cutLinks: Map<string, Sandbox['observability']['links']>;
  /** Counts executions, whose names must differ. */
  started: number;
}

/**
 * Id of the account of a stage.
 * @throws WrongInput for a stage that the tenant does not have
 */
export function accountOfStage({ tenant }: Pick<Arena, 'tenant'>, stage: string): string {
  const { accounts } = tenant.deployed.address;
  const account = accounts[stage];
  if (account !== undefined) return account;
  throw new WrongInput(
    `a game day names the stage "${stage}"; "${tenant.name}" has ${Object.keys(accounts).join(', ')}`,
  );
}

/** The stack of a stage, or of the probe in its account, among stacks. */
export function gameStack(arena: Pick<Arena, 'tenant'>, where: GameStack, stacks: readonly Stack[]): Stack {
  const stage = 'stage' in where ? where.stage : where.probeOf;
  const account = accountOfStage(arena, stage);
  const isMeant = ({ name, path }: Stack): boolean =>
    'stage' in where ? name === stackName(arena.tenant.deployed.address, stage) : isOfProbe(path);
  const found = stacks.find((stack) => stack.account === account && isMeant(stack));
  if (found) return found;
  throw new WrongInput(
    `the account ${account} of the stage "${stage}" has no stack of ${'stage' in where ? 'it' : 'a probe'}`,
  );
}

/** Construct paths of the wave `probes`, whose stages have the name of the account at their end. */
const isOfProbe = (path: string): boolean => path.split('/')[1]?.startsWith('probes-') ?? false;
