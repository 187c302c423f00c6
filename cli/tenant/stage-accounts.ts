import { type Contract, stagesFromEntry } from '../../blocks/contract.ts';
import { nearest } from '../../config/nearest.ts';
import { WrongInput } from '../failure.ts';

/** Names of accounts by stage, the entry first. */
export type StageAccounts = ReadonlyMap<string, string>;

/** Reads `--accounts front=a,back=b`: every stage of the contract once. */
export function stageAccounts(contract: Contract, text: string): StageAccounts {
  const stages = stagesFromEntry(contract).map(({ name }) => name);
  const known = `(stages: ${stages.join(', ')})`;
  const given = new Map<string, string>();
  for (const pair of text.split(',')) {
    const [, stage, account] = /^\s*([^=\s]+)=([^=\s]+)\s*$/.exec(pair) ?? [];
    if (stage === undefined || account === undefined) {
      throw new WrongInput(`--accounts must read stage=account, separated by commas, got "${text}" ${known}`);
    }
    if (!stages.includes(stage)) {
      const meant = nearest(stage, stages);
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
      throw new WrongInput(`--accounts names "${stage}", which is no stage of the workload${hint} ${known}`);
    }
    if (given.has(stage)) throw new WrongInput(`--accounts names the stage "${stage}" twice: give it one account`);
    given.set(stage, account);
  }
  return new Map(
    stages.map((stage) => {
      const account = given.get(stage);
      if (account !== undefined) return [stage, account];
      throw new WrongInput(`--accounts has no account for the stage "${stage}": add ${stage}=<account> ${known}`);
    }),
  );
}
