import type { Stack } from '@crosswind/assembly/resolve';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { RunFailed } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { countOf } from './present.ts';

export interface DeployStacksProps {
  readonly sandbox: Sandbox;
  readonly waves: readonly { readonly name: string; readonly stacks: readonly Stack[] }[];
  readonly terminal: Terminal;
}

/** Deploys the stacks of each wave in order, and names once whatever the sandbox cannot simulate. */
export async function deployStacks({ sandbox, waves, terminal }: DeployStacksProps): Promise<void> {
  for (const { name, stacks } of waves) {
    terminal.progress(name === '' ? 'deploying' : `deploying wave ${name}`);
    for (const stack of stacks) await deploy(sandbox, stack);
  }
  const stacks = waves.flatMap((wave) => wave.stacks);
  const accounts = new Set(stacks.map(({ account }) => account)).size;
  terminal.note(`deployed ${countOf(stacks.length, 'stack')} to ${countOf(accounts, 'simulated account')}`);
  const { opaqueLine } = await import('@crosswind/sandbox/sandbox');
  for (const line of new Set(sandbox.opaque.map(opaqueLine))) terminal.note(line);
}

async function deploy(sandbox: Sandbox, stack: Stack): Promise<void> {
  try {
    await sandbox.deploy(stack);
  } catch (error) {
    const { DeploymentRefused } = await import('@crosswind/sandbox/sandbox');
    throw error instanceof DeploymentRefused ? new RunFailed(`the deployment was refused: ${error.message}`) : error;
  }
}
