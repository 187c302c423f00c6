import { AssemblyError, readAssembly } from '@crosswind/assembly/read-assembly';
import { resolvePartly } from '@crosswind/assembly/resolve';
import { WrongInput } from '../failure.ts';

/** A stack that an assembly has for an account, with the names of its roles. */
export interface DeployedStack {
  readonly stack: string;
  readonly region: string;
  readonly roles: readonly string[];
}

/** Stacks that a cloud assembly deploys to one account. */
export function deployedIn(directory: string, account: string): readonly DeployedStack[] {
  return resolvePartly(assemblyAt(directory))
    .stacks.filter((stack) => stack.account === account)
    .map(({ name, region, resources }) => ({
      stack: name,
      region,
      roles: resources.filter(({ type }) => type === 'AWS::IAM::Role').map((role) => role.name),
    }));
}

/** The stacks of an assembly; a directory that is none is wrong input. */
export function assemblyAt(directory: string): ReturnType<typeof readAssembly> {
  try {
    return readAssembly(directory);
  } catch (error) {
    throw error instanceof AssemblyError ? new WrongInput(error.message) : error;
  }
}
