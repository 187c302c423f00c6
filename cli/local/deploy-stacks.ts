import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { RunFailed } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { checkBundles } from './bundles.ts';
import { explanationOf } from './diagnosis.ts';
import { countOf } from '../count.ts';
import { fixLines } from './present.ts';

export interface DeployStacksProps {
  readonly sandbox: Sandbox;
  readonly waves: readonly { readonly name: string; readonly stacks: readonly Stack[] }[];
  readonly terminal: Terminal;
  /**
   * Stacks that the run does not need: where their deployment is refused, that is reported and the others go on.
   *
   * @default - every stack is needed
   */
  readonly isNeeded?: (stack: Stack) => boolean;
}

/** Deploys the stacks of each wave in order, and names once whatever the sandbox cannot simulate. */
export async function deployStacks(props: DeployStacksProps): Promise<void> {
  const { sandbox, waves, terminal, isNeeded = () => true } = props;
  checkBundles(waves.flatMap(({ stacks }) => stacks.filter(isNeeded)));
  const deployed: Stack[] = [];
  const total = waves.reduce((sum, { stacks }) => sum + stacks.length, 0);
  let begun = 0;
  for (const { name, stacks } of waves) {
    for (const stack of stacks) {
      begun += 1;
      terminal.progress(`deploying${name === '' ? '' : ` wave ${name}`}: stack ${begun} of ${total}`);
      try {
        await deploy(sandbox, stack);
        deployed.push(stack);
      } catch (error) {
        if (!(error instanceof RunFailed) || isNeeded(stack)) throw error;
        terminal.note(`${stack.name} in ${stack.account} is left out: ${error.message}`);
      }
    }
  }
  const accounts = new Set(deployed.map(({ account }) => account)).size;
  terminal.note(`deployed ${countOf(deployed.length, 'stack')} to ${countOf(accounts, 'simulated account')}`);
  const { opaqueLine } = await import('@crosswind/sandbox/sandbox');
  for (const line of new Set(sandbox.opaque.map(opaqueLine))) terminal.note(line);
}

async function deploy(sandbox: Sandbox, stack: Stack): Promise<void> {
  try {
    await sandbox.deploy(stack);
  } catch (error) {
    const { DeploymentRefused } = await import('@crosswind/sandbox/sandbox');
    if (!(error instanceof DeploymentRefused)) throw error;
    const fix = error.denied ? fixLines(explanationOf(error.denied)) : [];
    throw new RunFailed([`the deployment was refused: ${error.message}`, ...fix].join('\n'));
  }
}
