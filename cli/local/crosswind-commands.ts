import type { BuildCommand, Sandbox } from '@crosswind/sandbox/sandbox';
import type { AwsAccess, Io } from '../io.ts';
import type { ValidPlatform } from '../read-platform.ts';

export interface CommandsOfBuilds {
  readonly sandbox: Sandbox;
  /** The file of the platform. */
  readonly file: string;
  /** Directory of the cloud assembly, which a build gets as an artifact. */
  readonly assembly: string;
  /** @default - that of the file */
  readonly loaded?: ValidPlatform;
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
  readonly io: Pick<Io, 'crosswind'>;
  /**
   * Ends the command that runs.
   *
   * @default - it runs to its end
   */
  readonly signal?: AbortSignal;
}

/** Runs `npx crosswind …` of a build in this process, as the project's role, in the time of the sandbox. */
export function crosswindCommands(props: CommandsOfBuilds): (command: BuildCommand) => Promise<string | undefined> {
  const { sandbox, file, runsCommands = true, io } = props;
  return async ({ text, words, principal }) => {
    const args = words.slice(words[0] === 'npx' ? 1 : 0);
    if (args[0] !== 'crosswind' || !runsCommands || !io.crosswind) return undefined;
    const own = withTenants(args.slice(1), props.tenants);
    if (!own) return `of other tenants: ${text}`;
    const printed: string[] = [];
    const output = { write: (line: string) => printed.push(line) };
    const aws: AwsAccess = {
      endpoint: sandbox.endpointUrl,
      credentials: sandbox.sessions.credentials(principal),
      pace: paceOf(sandbox, props.signal),
      platform: props.loaded,
    };
    const deployed = own.map((word, index) => (own[index - 1] === '--assembly' ? props.assembly : word));
    const placed = deployed.includes('--file') ? deployed : [...deployed, '--file', file];
    const code = await quietly(io.crosswind, placed, { ...inert, stdout: output, stderr: output, aws });
    props.signal?.throwIfAborted();
    if (code === 0) return `ran ${args.join(' ')}`;
    const { CommandFailed } = await import('@crosswind/sandbox/sandbox');
    throw new CommandFailed(`${text} ended with exit code ${code}:\n${printed.join('').trimEnd()}`);
  };
}

/** Signals end the command around it, which cleans up. */
const inert: Pick<Io, 'signals' | 'exit'> = {
  signals: { on: () => undefined, off: () => undefined },
  exit: () => undefined,
};

/** Runs a command without the SDK's warning that its later versions need a newer Node.js: this one talks to no AWS. */
async function quietly(command: NonNullable<Io['crosswind']>, args: readonly string[], io: Io): Promise<number> {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return await command(args, io);
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
}

/** `run a b --wave dev` for the tenants that are tried; undefined if it is about others only. */
function withTenants(args: readonly string[], tenants: ReadonlySet<string> | undefined): readonly string[] | undefined {
  const [name = '', ...others] = args;
  if (name === 'protect' && tenants) return [...args, ...[...tenants].flatMap((tenant) => ['--tenant', tenant])];
  if (name !== 'run' || !tenants) return args;
  const options = others.findIndex((word) => word.startsWith('-'));
  const named = options < 0 ? others : others.slice(0, options);
  const own = named.filter((tenant) => tenants.has(tenant));
  return own.length === 0 ? undefined : [name, ...own, ...others.slice(named.length)];
}

/** A command that waits in the sandbox lets its time pass. */
function paceOf({ simulation }: Sandbox, outer: AbortSignal | undefined): AwsAccess['pace'] {
  const deadlines: { readonly at: number; readonly controller: AbortController }[] = [];
  return {
    wait: async (milliseconds, signal) => {
      await simulation.elapse(milliseconds);
      for (const { at, controller } of deadlines) {
        if (simulation.now() >= at) controller.abort(new DOMException('The operation timed out', 'TimeoutError'));
      }
      outer?.throwIfAborted();
      signal.throwIfAborted();
    },
    timeout: (milliseconds) => {
      const controller = new AbortController();
      deadlines.push({ at: simulation.now() + milliseconds, controller });
      return controller.signal;
    },
  };
}
