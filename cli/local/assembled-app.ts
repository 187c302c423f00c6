import { type AssembledStack, AssemblyError, type Environment, readAssembly } from '@crosswind/assembly/read-assembly';
import { type WaveOfStacks, stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { pipelineName } from '../../config/pipeline-name.ts';
import { WrongInput } from '../failure.ts';

/** Account and region of stacks that leave them open. */
export const agnosticEnvironment: Environment = { account: '111111111111', region: 'us-east-1' };

/** A cloud assembly, ready to be deployed. */
export interface AssembledApp {
  /** Stacks in order. Of the platform, only those that its pipeline deploys. */
  readonly waves: readonly WaveOfStacks[];
  /** Of the platform, the stack of the pipeline and those that it needs, in order. */
  readonly byHand: readonly AssembledStack[];
  /** Every stack as it was synthesized. */
  readonly assembled: readonly AssembledStack[];
  /** Stacks that leave account or region open, with what `agnosticEnvironment` fills in. */
  readonly agnostic: readonly AssembledStack[];
  /** True for this platform: the app has its pipeline. */
  readonly isPlatform: boolean;
}

/** Reads the app in a directory; a directory that is no cloud assembly is wrong input. */
export function assembledApp(directory: string): AssembledApp {
  const assembled = assemblyIn(directory);
  const isPlatform = assembled.some(hasPlatformPipeline);
  const inOrder = asInput(() => stacksInOrder(assembled));
  const waves = inOrder.filter(({ name }) => !isPlatform || name !== '');
  const others = isPlatform ? inOrder.filter(({ name }) => name === '').flatMap(({ stacks }) => stacks) : [];
  return {
    waves,
    byHand: others.flatMap(({ templateFile }) => assembled.find((stack) => stack.templateFile === templateFile) ?? []),
    assembled,
    agnostic: assembled.filter(({ isAgnostic }) => isAgnostic),
    isPlatform,
  };
}

const hasPlatformPipeline = ({ template }: AssembledStack): boolean =>
  Object.values(template.Resources).some(
    ({ Type, Properties }) => Type === 'AWS::CodePipeline::Pipeline' && Properties?.['Name'] === pipelineName,
  );

/** The stacks in a directory; a directory that is no cloud assembly is wrong input. */
export const assemblyIn = (directory: string): readonly AssembledStack[] =>
  asInput(() => readAssembly(directory, agnosticEnvironment));

function asInput<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw error instanceof AssemblyError ? new WrongInput(error.message) : error;
  }
}
