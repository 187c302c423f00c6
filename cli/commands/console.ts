import type { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import type { PageOpener } from '../local/serve-chosen.ts';
import { serveCommand } from '../local/serve-command.ts';

/** `crosswind console`: a sandbox as `crosswind sandbox` serves it, with a page to look at it. */
export const consoleCommand = (io: Io, clone: Clone, args?: readonly string[]): Promise<Command> =>
  serveCommand({
    io,
    clone,
    args,
    name: 'console',
    description: 'serve what `crosswind sandbox` serves, and a page in the browser to look at it, until Ctrl-C',
    help: [
      'Standard output says when it is ready, and the link of the page. Nothing opens by itself. What runs is started with',
      'AWS clients, as with `crosswind sandbox`, and the page follows it:',
      '',
      '  eval "$(npx crosswind credentials wind-parent-dev)"',
      '  aws stepfunctions start-execution --state-machine-arn ARN',
      '',
      'The link holds a token after #: who has it may look and act. It is the same one after a restart, until node_modules',
      'is deleted. The page answers on 127.0.0.1 only, and pages of other origins are refused.',
    ],
    openPage,
  });

const openPage: PageOpener = ({ terminal, clone, key, cleanUp, doing }) => {
  const note = (line: string): void => {
    terminal.note(line);
  };
  // While the sandbox opens: a page that asks gets its answer as soon as the port is bound.
  const loading = import('../console/serve-console.ts');
  return {
    async announce(sandbox) {
      const { announceConsole } = await loading;
      announceConsole({ sandbox, key, doing, note });
    },
    async open(context, chosen) {
      // Loaded when clients are about to be served: a sandbox without a page never loads it.
      const [{ serveConsole }, { servedResults }, { servedTenants }] = await Promise.all([
        loading,
        import('../console/results/served-results.ts'),
        import('../console/results/served-tenants.ts'),
      ]);
      const { sandbox, platform, stacks } = context;
      const tenants = platform ? await servedTenants({ clone, platform, stacks, chosen }) : [];
      return serveConsole({
        context: {
          ...context,
          tenant: chosen?.deployment.tenant.name,
          root: clone.root,
          cleanUp,
          results: servedResults(sandbox, tenants),
        },
        key,
        note,
      });
    },
  };
};
