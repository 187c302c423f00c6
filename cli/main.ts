import { resolve } from 'node:path';
import { Command } from 'commander';
import { accountCommand } from './commands/account.ts';
import { annotationsCommand } from './commands/annotations.ts';
import { aslCommand } from './commands/asl.ts';
import { bootstrapCommand } from './commands/bootstrap.ts';
import { configCommand } from './commands/config.ts';
import { credentialsCommand } from './commands/credentials.ts';
import { iamCommand } from './commands/iam.ts';
import { organizationCommand } from './commands/organization.ts';
import { runCommand } from './commands/run.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { simulateCommand } from './commands/simulate.ts';
import { startCommand } from './commands/start.ts';
import { Findings, RunFailed, WrongInput } from './failure.ts';

/** The clone that this file belongs to. */
const root = resolve(import.meta.dirname, '..');

const program = new Command('crosswind')
  .description('A GitOps multi-account platform for AWS that also runs on a laptop.')
  .addCommand(startCommand(root))
  .addCommand(sandboxCommand(root))
  .addCommand(simulateCommand(root))
  .addCommand(credentialsCommand(root))
  .addCommand(configCommand(root))
  .addCommand(accountCommand(root))
  .addCommand(organizationCommand(root))
  .addCommand(bootstrapCommand(root))
  .addCommand(runCommand(root))
  .addCommand(iamCommand())
  .addCommand(annotationsCommand(root))
  .addCommand(aslCommand())
  .addHelpText('after', '\nExit codes: 0 ok, 1 wrong input or findings, 2 the run itself failed.');

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${textOf(error)}\n`);
  process.exitCode = error instanceof WrongInput || error instanceof Findings ? 1 : 2;
}

/** What went wrong, in our own words where we have some, else with the stack that a bug report needs. */
function textOf(error: unknown): string {
  if (error instanceof WrongInput || error instanceof Findings || error instanceof RunFailed) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
