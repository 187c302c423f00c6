import { grouped } from '../../models/grouped.ts';
import { remembered } from '../../models/remembered.ts';
import type {
  CellModel,
  OrganizationModel,
  OrganizationAccount,
  StageModel,
  StartModel,
} from '../../models/organization.ts';

/** An account in a row, with the stages that it has of one tenant. */
export interface CellBox {
  /** Account id. */
  readonly account: string;
  /** Names of the stages; empty for an account of no tenant. */
  readonly stages: readonly string[];
  /** Names of the stacks of these stages; undefined for all of the account. */
  readonly stacks: readonly string[] | undefined;
  /** ARNs of the state machines whose runs count. */
  readonly machines: readonly string[];
}

/** An account that starts workflows of another one. */
export interface CellLine {
  /** Places of the boxes. */
  readonly from: number;
  readonly to: number;
  /** ARN of the role that is assumed; null where none is known. */
  readonly role: string | null;
  /** Half sentences that have to hold for it. */
  readonly conditions: readonly string[];
  /** Refused calls, for example `899 times`; null for none. */
  readonly denied: string | null;
}

/** Boxes side by side, and the lines between them. */
export interface Cell {
  readonly boxes: readonly CellBox[];
  readonly lines: readonly CellLine[];
}

const accountsById = remembered(
  ({ accounts }: OrganizationModel): ReadonlyMap<string, OrganizationAccount> =>
    new Map(accounts.map((account) => [account.id, account])),
);

const startsByMachine = remembered(({ starts }: OrganizationModel) => grouped(starts, ({ from }) => from));

/** Starts of workflows in other accounts by a state machine. */
export const startsFrom = (model: OrganizationModel, machine: string): readonly StartModel[] =>
  startsByMachine(model).get(machine) ?? [];

/** The account with an id. */
export const accountWith = (model: OrganizationModel, id: string): OrganizationAccount | undefined =>
  accountsById(model).get(id);

/** The cell of a tenant in a wave: stages that share an account are one box. */
export function cellOf(model: OrganizationModel, { stages }: CellModel): Cell {
  const accounts = [...new Set(stages.map(({ account }) => account))];
  const boxes = accounts.map((account): CellBox => {
    const own = stages.filter((stage) => stage.account === account);
    return {
      account,
      stages: own.map(({ name }) => name),
      stacks: own.map(({ stack }) => stack),
      machines: own.flatMap((stage) => machinesOf(model, stage)),
    };
  });
  const placeOf = (account: string): number => accounts.indexOf(account);
  const lines = stages.flatMap((stage) =>
    stages
      .filter(({ name, account }) => stage.starts.includes(name) && account !== stage.account)
      .map((started) =>
        lineOf(model, {
          ...{ from: placeOf(stage.account), to: placeOf(started.account) },
          ...{ caller: stage.account, called: started.account, machine: stage.machine },
        }),
      ),
  );
  return { boxes, lines: merged(lines) };
}

/** Lines between the same two boxes once. */
const merged = (lines: readonly CellLine[]): readonly CellLine[] => [
  ...new Map(lines.map((line) => [`${line.from} ${line.to}`, line])).values(),
];

/** State machines of the stack of a stage; its own if the stack is not known. */
function machinesOf(model: OrganizationModel, { account, stack, machine }: StageModel): readonly string[] {
  const own = accountWith(model, account)?.machines.filter((each) => each.stack === stack) ?? [];
  return own.length === 0 ? [machine] : own.map(({ arn }) => arn);
}

export interface LineProps extends Pick<CellLine, 'from' | 'to'> {
  /** Account ids. */
  readonly caller: string;
  readonly called: string;
  /** ARN of the state machine that starts. */
  readonly machine: string;
}

/** The line between two accounts: with which role, and on which conditions. */
export function lineOf(model: OrganizationModel, { from, to, caller, called, machine }: LineProps): CellLine {
  const start = startsFrom(model, machine).find(({ role }) => accountIn(role) === called);
  const role = accountWith(model, called)?.roles.find(({ arn }) => arn === start?.role);
  return {
    from,
    to,
    role: start?.role ?? null,
    conditions: role?.trusts.find(({ account }) => account === caller)?.conditions ?? [],
    denied: null,
  };
}

/** Account in an ARN; empty for another name. */
export const accountIn = (arn: string): string => (arn.startsWith('arn:') ? (arn.split(':')[4] ?? '') : '');
