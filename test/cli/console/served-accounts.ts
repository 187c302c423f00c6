import { onTestFinished } from 'vitest';
import type { Handlers } from '@crosswind/console/server/handlers';
import { addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { type LiteralStack, sandboxWith, stacksOf } from '@crosswind/sandbox/testing/literals';
import { childAccount, parentAccount, twoStacks } from '@crosswind/sandbox/testing/two-accounts';
import type { ConsoleContext } from '../../../cli/console/console-context.ts';
import { actionsOf, answersOf } from '../../../cli/console/handlers.ts';
import { serveConsole } from '../../../cli/console/serve-console.ts';

/** A parent and a child that are served to a page, at a speed. */
export interface ServedAccounts {
  readonly sandbox: Sandbox;
  readonly context: ConsoleContext;
  /** Link of a page at its first speed. */
  readonly page: () => string;
  readonly act: (kind: string, what: unknown) => Promise<unknown>;
  readonly ask: (kind: string, question: unknown) => Promise<unknown>;
}

const throwError = (line: string): never => {
  throw new Error(line);
};

/** Serves stacks, by default a parent and a child in two accounts, until the test is over. */
export async function servedAccounts({
  speed = 0,
  stacks = twoStacks(),
  isOperated = true,
}: {
  readonly speed?: number;
  readonly stacks?: readonly LiteralStack[];
  readonly isOperated?: boolean;
} = {}): Promise<ServedAccounts> {
  const sandbox = await sandboxWith(stacks);
  const accounts = [parentAccount, childAccount].map((id) => ({ id, name: id, region: 'us-east-1' }));
  for (const { id } of isOperated ? accounts : []) {
    addOperatorRole(sandbox.identities, { account: id, partition: 'aws' });
  }
  const context: ConsoleContext = {
    sandbox,
    root: '',
    platform: undefined,
    accounts,
    stacks: stacksOf(...stacks),
    results: () => Promise.resolve(new Map()),
  };
  sandbox.simulation.setSpeed(speed);
  const over = new AbortController();
  const serving = sandbox.serve(over.signal);
  onTestFinished(async () => {
    over.abort();
    await serving;
  });
  const calls = (handlers: Handlers) => (kind: string, what: unknown) => {
    const handler = handlers[kind];
    if (!handler) throw new Error(`there is no handler for ${kind}`);
    return handler(what);
  };
  const page = (): string => serveConsole({ context, key: Buffer.from('key of tests'), note: throwError });
  return { sandbox, context, page, act: calls(actionsOf(context)), ask: calls(answersOf(context)) };
}
