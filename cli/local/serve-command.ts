import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { port } from '../options.ts';
import { assembledApp } from './assembled-app.ts';
import { defaultPort } from './default-port.ts';
import { withPlatformOptions } from './platform-options.ts';
import { type PageOpener, serveChosen, type ServedApp, type ServeOptions } from './serve-chosen.ts';
import { allWorkloads, asksForHelp, saidFirst, selectionOf, withRunOptions } from './workload-options.ts';

export interface ServeCommandProps {
  readonly io: Io;
  readonly clone: Clone;
  /** Undefined for the list of all commands. */
  readonly args: readonly string[] | undefined;
  readonly name: string;
  readonly description: string;
  /** Lines after the options. */
  readonly help: readonly string[];
  /** @default - there is no page */
  readonly openPage?: PageOpener;
}

/** A command that serves a sandbox until a signal. */
export async function serveCommand(props: ServeCommandProps): Promise<Command> {
  const { io, clone, args, name, description, help, openPage } = props;
  const needsHelp = args !== undefined && asksForHelp(args);
  const served = args === undefined || needsHelp ? undefined : await servedApp(clone, args);
  const command = new Command(name)
    .description(description)
    .option('--port <n>', 'port of 127.0.0.1; 0 is a free one', port(0), defaultPort);
  withPlatformOptions(command, {
    clone,
    workload: served?.selection?.workload,
    helpOn: needsHelp ? await allWorkloads(clone) : [],
  })
    .option('--watch', 'serve the chosen tenant alone, and start anew when a file of it is saved', false)
    .option(
      '--empty',
      'serve the accounts of the platform with nothing in them, for `cdk bootstrap` and `cdk deploy`',
      false,
    )
    .option('--json', 'print the address as JSON, and nothing else, on standard output', false)
    .addHelpText('after', ['', ...help, '', exitCodes].join('\n'))
    .action(async (options: ServeOptions) => serveChosen({ io, clone, served: served ?? {}, options, openPage }));
  return withRunOptions(command, served?.selection?.workload);
}

const exitCodes =
  'Exit codes: 130 after Ctrl-C, 143 after SIGTERM, 141 when it writes to a closed output, 1 wrong input, 2 the deployment was refused.';

async function servedApp(clone: Clone, args: readonly string[]): Promise<ServedApp> {
  if (args.includes('--empty')) return {};
  const said = saidFirst(clone, args);
  const app = said.assembly === undefined ? undefined : assembledApp(resolve(said.assembly));
  if (app && !app.isPlatform) return { app };
  return { app, selection: await selectionOf(clone, said) };
}
