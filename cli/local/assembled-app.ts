import { crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import { type AssembledStack, AssemblyError, type Environment, readAssembly } from '@crosswind/assembly/read-assembly';
import { type WaveOfStacks, stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { WrongInput } from '../failure.ts';

/** Account and region of stacks that leave them open. */
export const agnosticEnvironment: Environment = { account: '111111111111', region: 'us-east-1' };

/** A cloud assembly, ready to be deployed. */
export interface AssembledApp {
  readonly waves: readonly WaveOfStacks[];
  /** Stacks that leave account or region open, with what `agnosticEnvironment` fills in. */
  readonly agnostic: readonly AssembledStack[];
  /** True if a pipeline of the app deploys a workflow that starts another one in another account. */
  readonly isPlatform: boolean;
  /** True if the app has a pipeline, whatever it deploys. */
  readonly hasPipeline: boolean;
}

/** Reads the app in a directory; a directory that is no cloud assembly is wrong input. */
export function assembledApp(directory: string): AssembledApp {
  const assembled = assemblyIn(directory);
  const waves = stacksInOrder(assembled);
  return {
    waves,
    agnostic: assembled.filter(({ isAgnostic }) => isAgnostic),
    hasPipeline: assembled.some(({ template }) =>
      Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline'),
    ),
    isPlatform: waves.some(({ name, stacks }) => name !== '' && crossAccountStarts(stacks).length > 0),
  };
}

export function assemblyIn(directory: string): readonly AssembledStack[] {
  try {
    return readAssembly(directory, agnosticEnvironment);
  } catch (error) {
    throw error instanceof AssemblyError ? new WrongInput(error.message) : error;
  }
}
