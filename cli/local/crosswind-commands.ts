import type { BuildCommand, Sandbox } from '@crosswind/sandbox/sandbox';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { AwsAccess, Io } from '../io.ts';
import { crosswind } from '../main.ts';

export interface CommandsOfBuilds {
  readonly sandbox: Sandbox;
  readonly clone: Clone;
  /** The platform. */
  readonly file: string;
  /**
   * Tenants that are tried, of those that a command names.
   *
   * @default - all of them
   */
  readonly tenants?: ReadonlySet<string>;
  /**
   * False to run none of the commands.
   *
   * @default true
   */
  readonly runsCommands?: boolean;
  readonly io: Pick<Io, 'signals' | 'exit'>;
}

/** Runs `npx crosswind …` of a build in this process, as the project's role, in the time of the sandbox. */
export function crosswindCommands(props: CommandsOfBuilds): (command: BuildCommand) => Promise<string | undefined> {
  const { sandbox, clone, file, runsCommands = true, io } = props;
  return async ({ text, words, principal }) => {
    const args = words.slice(words[0] === 'npx' ? 1 : 0);
    if (args[0] !== 'crosswind' || !runsCommands) return undefined;
    const own = withTenants(args.slice(1), props.tenants);
    if (!own) return `of other tenants: ${text}`;
    const printed: string[] = [];
    const output = { write: (line: string) => printed.push(line) };
    const aws: AwsAccess = {
      endpoint: sandbox.endpointUrl,
      credentials: sandbox.sessions.credentials(principal),
      pace: paceOf(sandbox),
    };
    const placed = own.includes('--file') ? own : [...own, '--file', file];
    const code = await crosswind(placed, { ...io, stdout: output, stderr: output, aws }, clone);
    if (code === 0) return `ran ${args.join(' ')}`;
    const { CommandFailed } = await import('@crosswind/sandbox/sandbox');
    throw new CommandFailed(`${text} ended with exit code ${code}:\n${printed.join('').trimEnd()}`);
  };
}

/** `run a b --wave dev` for the tenants that are tried; undefined if it is about others only. */
function withTenants(args: readonly string[], tenants: ReadonlySet<string> | undefined): readonly string[] | undefined {
  const [name = '', ...others] = args;
  if (name !== 'run' || !tenants) return args;
  const options = others.findIndex((word) => word.startsWith('-'));
  const named = options < 0 ? others : others.slice(0, options);
  const own = named.filter((tenant) => tenants.has(tenant));
  return own.length === 0 ? undefined : [name, ...own, ...others.slice(named.length)];
}

/** Whoever waits in the sandbox lets its time pass. */
function paceOf({ simulation }: Sandbox): AwsAccess['pace'] {
  const deadlines: { readonly at: number; readonly controller: AbortController }[] = [];
  return {
    wait: async (milliseconds, signal) => {
      await simulation.elapse(milliseconds);
      for (const { at, controller } of deadlines) {
        if (simulation.now() >= at) controller.abort(new DOMException('The operation timed out', 'TimeoutError'));
      }
      signal.throwIfAborted();
    },
    timeout: (milliseconds) => {
      const controller = new AbortController();
      deadlines.push({ at: simulation.now() + milliseconds, controller });
      return controller.signal;
    },
  };
}
