import type { Command } from 'commander';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { agnosticEnvironment } from '../local/assembled-app.ts';
import { serveCommand } from '../local/serve-command.ts';

/** `crosswind sandbox`: an organization as a service on this machine. */
export const sandboxCommand = (io: Io, clone: Clone, args?: readonly string[]): Promise<Command> =>
  serveCommand({
    io,
    clone,
    args,
    name: 'sandbox',
    description:
      'serve the synthesized platform, or any CDK app, to AWS clients on this machine, until Ctrl-C; runs nothing by itself',
    help: [
      'One line on standard output says when it is ready. `crosswind credentials` prints what clients need:',
      '',
      '  eval "$(npx crosswind credentials wind-parent-dev)"',
      '  aws stepfunctions list-state-machines',
      '',
      'With --assembly any CDK app is served, with the accounts and regions of its stacks:',
      '',
      '  npx crosswind sandbox --assembly ../other-app/cdk.out',
      '  eval "$(npx crosswind credentials 111111111111)"',
      '',
      `Stacks that leave account or region open run in ${agnosticEnvironment.account} and ${agnosticEnvironment.region}. What AWS can deploy and the`,
      'sandbox cannot simulate is named once; a call that reaches it is decided by permissions and then fails.',
      '',
      'With --empty the accounts start with nothing but the roles of people, and the CDK deploys to them:',
      '',
      '  npx crosswind sandbox --empty',
      '  eval "$(npx crosswind credentials 111111111111 admin)"',
      '  npx cdk bootstrap aws://111111111111/us-east-1',
    ],
  });
