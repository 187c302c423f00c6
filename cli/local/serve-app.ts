import { addAdminRole, addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import { partitionOf } from '@crosswind/aws/partition';
import { agnosticEnvironment, type AssembledApp } from './assembled-app.ts';
import { deployStacks } from './deploy-stacks.ts';
import { serve, type ServeProps } from './serve.ts';
import type { ServedAccount } from './served-port.ts';

export interface ServeAppProps extends Omit<ServeProps, 'example' | 'accounts'> {
  readonly app: AssembledApp;
}

/** Deploys a CDK app that is not this platform, adds the operator's role to each of its accounts, and serves clients. */
export async function serveApp(props: ServeAppProps): Promise<void> {
  const { sandbox, app, terminal } = props;
  for (const { name, account, region } of app.agnostic) {
    terminal.note(`stack ${name} leaves account or region open: it runs in ${account} and ${region}`);
  }
  await deployStacks({ sandbox, waves: app.waves, terminal });
  const accounts = accountsOf(app);
  const services = sandbox.opaque.flatMap(({ type }) => /^AWS::(\w+)::/.exec(type)?.[1]?.toLowerCase() ?? []);
  const reads = [...new Set(services)];
  for (const { id, region: at } of accounts) {
    addOperatorRole(sandbox.identities, { account: id, partition: partitionOf(at), reads });
    addAdminRole(sandbox.identities, { account: id, partition: partitionOf(at) });
  }
  const link = await props.page?.open({
    sandbox,
    platform: undefined,
    accounts: accounts.map(({ id, region }) => ({ id, region, name: '' })),
    stacks: app.waves.flatMap(({ stacks }) => stacks),
  });
  await serve({ ...props, link, accounts, example: accounts[0]?.id ?? agnosticEnvironment.account });
}

/** Each account with the region of its first stack, one that names it if there is any. */
function accountsOf({ waves, agnostic }: AssembledApp): readonly ServedAccount[] {
  const stacks = waves.flatMap((wave) => wave.stacks);
  const isOpen = ({ name }: { readonly name: string }): boolean => agnostic.some((stack) => stack.name === name);
  const [open, bound] = [stacks.filter(isOpen), stacks.filter((stack) => !isOpen(stack))];
  const regions = new Map(
    [...open.toReversed(), ...bound.toReversed()].map(({ account, region }) => [account, region]),
  );
  return stacks.flatMap(({ account }) => {
    const region = regions.get(account);
    regions.delete(account);
    return region === undefined ? [] : [{ id: account, region }];
  });
}
