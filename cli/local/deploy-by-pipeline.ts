import type { Stack } from '@crosswind/assembly/resolve';
import type { ActionResult, OpaqueResource, Sandbox } from '@crosswind/sandbox/sandbox';
import { textOf } from '@crosswind/aws/json';
import { RunFailed } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { checkBundles } from './bundles.ts';
import { playPipeline, type PlayPipelineProps } from './play-pipeline.ts';
import { fixOf } from './fix-of.ts';
import { countOf } from '../count.ts';

/** How the pipeline is played, besides what follows from the assembly. */
export type ByPipeline = Pick<
  PlayPipelineProps,
  'clone' | 'platform' | 'file' | 'loaded' | 'io' | 'runsCommands' | 'signal'
>;

export interface DeployByPipelineProps extends ByPipeline, Pick<PlayPipelineProps, 'stacks' | 'byHand' | 'tenants'> {
  readonly sandbox: Sandbox;
  readonly assembly: string;
  readonly terminal: Terminal;
  /** Every stack that the pipeline deploys, resolved. */
  readonly deployed: readonly Stack[];
  /** Stacks that the run does not need: where their deployment fails, that is reported and the pipeline goes on. */
  readonly isNeeded: (stack: Stack) => boolean;
}

/**
 * Deploys the platform by playing its pipeline, and reports what the sandbox cannot simulate.
 * @returns why the pipeline ended before its last stage, after the deployments; undefined if it did not
 * @throws RunFailed where a deployment is refused that the run needs
 */
export async function deployByPipeline(props: DeployByPipelineProps): Promise<string | undefined> {
  const { terminal, deployed, isNeeded } = props;
  checkBundles(deployed.filter(isNeeded));
  const results: ActionResult[] = [];
  let end: string | undefined;
  const onAction: PlayPipelineProps['onAction'] = (result) => {
    results.push(result);
    const { action } = result;
    if (result.error === undefined) return 'stop';
    const error = [result.error, ...fixOf(result.error, props.sandbox)].join('\n');
    const stack = stackOf(result, deployed);
    if (stack && !isNeeded(stack)) {
      terminal.note(`${stack.name} in ${stack.account} is left out: the deployment was refused: ${error}`);
      return 'go on';
    }
    if (action.category !== 'Build') throw new RunFailed(`the deployment was refused: ${error}`);
    end = `the pipeline ends at ${action.stage} ${action.name}: ${error}`;
    return 'stop';
  };
  const progress = (line: string): void => {
    terminal.progress(line);
  };
  await playPipeline({ ...props, progress, onAction });
  await note(props, results);
  if (end !== undefined) terminal.note(end);
  return end;
}

/** The stack that an action deploys. */
const stackOf = ({ action, account }: ActionResult, stacks: readonly Stack[]): Stack | undefined =>
  action.provider === 'CloudFormation'
    ? stacks.find(
        (stack) =>
          stack.name === textOf(action.configuration['StackName']) &&
          stack.account === account &&
          stack.region === action.region,
      )
    : undefined;

async function note(
  { sandbox, terminal, byHand, deployed }: DeployByPipelineProps,
  results: readonly ActionResult[],
): Promise<void> {
  const { opaqueLine } = await import('@crosswind/sandbox/sandbox');
  const deploying = results.filter(
    ({ action, status }) => action.provider === 'CloudFormation' && status === 'Succeeded',
  );
  const accounts = new Set([...byHand, ...deploying].map(({ account }) => account)).size;
  terminal.note(
    `deployed ${countOf(byHand.length + deploying.length, 'stack')} to ${countOf(accounts, 'simulated account')} by playing the pipeline: ${countOf(results.length, 'action')}, each with its roles`,
  );
  const notRun = new Set(results.flatMap((result) => result.notRun));
  if (notRun.size > 0) terminal.note(`not run here: ${[...notRun].join(', ')}`);
  const lines = sandbox.opaque.map((opaque) => opaqueLine({ ...opaque, path: pathInStack(opaque, deployed) }));
  for (const line of new Set(lines)) terminal.note(line);
}

/** Construct path in the stack: CloudFormation knows no paths of stacks, only those of resources. */
function pathInStack({ account, path }: OpaqueResource, stacks: readonly Stack[]): string {
  const stack = stacks.find((each) => each.account === account && path.startsWith(`${each.path}/`));
  return stack ? path.slice(stack.path.length + 1) : path;
}
