import type { Sandbox } from '@crosswind/sandbox/sandbox';
import type { ServedRun } from '../console/results/served-tenants.ts';
import type { ConsoleContext } from '../console/console-context.ts';
import { stackOf } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import type { NotedSandbox, Served, ServedAccount } from './served-port.ts';

/**
 * Serves a page at the endpoint of a sandbox, and returns its link.
 * @param chosen the tenant whose options the command line gave
 */
export type OpenPage = (
  context: Omit<ConsoleContext, 'root' | 'results' | 'cleanUp'>,
  chosen?: ServedRun,
) => Promise<string>;

export interface ServeProps {
  readonly sandbox: Sandbox;
  readonly terminal: Terminal;
  /** True if the line that says where it serves is JSON. */
  readonly json: boolean;
  /** Accounts that `crosswind credentials` finds although no `platform.yaml` lists them. */
  readonly accounts: readonly ServedAccount[];
  /** Account in the hint for credentials: a name or an id. */
  readonly example: string;
  /** Called when clients are about to be served. */
  readonly onReady: (served: Served) => Promise<Pick<NotedSandbox, 'update'>>;
  /** Ends the service. */
  readonly signal: AbortSignal;
  /**
   * Page to look at the sandbox.
   *
   * @default - there is none
   */
  readonly page?: SandboxPage;
}

/** A page at the endpoint of a sandbox. */
export interface SandboxPage {
  /** Says what is being done until the page is opened. */
  readonly announce: (sandbox: Sandbox) => Promise<void>;
  readonly open: OpenPage;
}

export interface ServeWithPageProps extends Omit<ServeProps, 'page'> {
  /** Link of the page; undefined if there is none. */
  readonly link: string | undefined;
}

/** Announces a deployed sandbox and serves clients until the signal. */
export async function serve(props: ServeWithPageProps): Promise<void> {
  const port = Number(new URL(props.sandbox.endpointUrl).port);
  const { identities } = props.sandbox;
  const served = (): Served => ({ port, accounts: props.accounts, roles: identities.roleNames() });
  const note = await props.onReady(served());
  // Clients deploy and delete roles, too.
  identities.onRoles = () => {
    note.update(served());
  };
  announce(props, port);
  await keepServing(props.sandbox, props.terminal, props.signal);
}

/** Says in one line that the sandbox is ready, and on standard error how to use it. */
function announce(
  { sandbox: { endpointUrl: url }, example, terminal, json, link }: ServeWithPageProps,
  port: number,
): void {
  terminal.note(`credentials for a shell: eval "$(npx crosswind credentials ${example} --port ${port})"`);
  terminal.note('nothing is sent to AWS; Ctrl-C ends it and removes everything');
  if (json) terminal.data(`${JSON.stringify({ simulated: true, url, port, console: link })}\n`);
  else terminal.out(`ready at ${url}`);
  if (!json && link !== undefined) terminal.out(`look at it in a browser: ${link}`);
}

/** Serves until the signal; a failure of the simulation is reported, and clients are served on. */
export async function keepServing(
  { serve: serveUntil }: Pick<Sandbox, 'serve'>,
  terminal: Pick<Terminal, 'note'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await serveUntil(signal);
    } catch (error) {
      terminal.note(`the sandbox failed, and goes on: ${stackOf(error)}`);
    }
  }
}
