import { resolve } from 'node:path';
import { Command } from 'commander';
import { formatProblem } from '../../config/problem.ts';
import { compareWithOrganization } from '../../onboarding/compare-organization.ts';
import { organizationFailure } from '../../onboarding/organization-failure.ts';
import type { Organization } from '../../onboarding/organization.ts';
import { organizationReadActions, organizationsClient, readOrganization } from '../../onboarding/read-organization.ts';
import { Findings, RunFailed } from '../failure.ts';
import type { Clone } from '../../blocks/discover-workloads.ts';
import type { Io } from '../io.ts';
import { loadValidPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface CheckOptions {
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind organization`: the file against AWS Organizations. */
export function organizationCommand(io: Io, clone: Clone): Command {
  return new Command('organization').description('compare platform.yaml with AWS Organizations').addCommand(
    new Command('check')
      .description('list everything in which platform.yaml and AWS Organizations differ; changes nothing')
      .option('--file <file>', 'the file to compare', resolve(clone.root, 'platform.yaml'))
      .option('--json', 'print the differences as JSON, and nothing else, on standard output', false)
      .addHelpText(
        'after',
        `\nNeeds AWS credentials of the management account or a delegated administrator, with\n${organizationReadActions.map((action) => `  ${action}`).join('\n')}\n\nAgainst a sandbox: eval "$(npx crosswind credentials management)", and then this command.`,
      )
      .addHelpText('after', '\nExit codes: 0 no difference, 1 differences or wrong input, 2 AWS could not be asked.')
      .action((options: CheckOptions) => checkOrganization(io, clone, options)),
  );
}

async function checkOrganization(io: Io, clone: Clone, { file: path, json }: CheckOptions): Promise<void> {
  const { file, parsed } = await loadValidPlatform(clone, resolve(path));
  const { platform, problemAt } = parsed;
  const terminal = terminalOf(io, { json });
  terminal.progress('reading AWS Organizations');
  const organization = await ask(platform.region);
  const differences = compareWithOrganization(platform, organization).map((difference) => ({
    file,
    kind: difference.kind,
    account: difference.account,
    ...problemAt(difference),
  }));
  const counted = `${organization.accounts.length} accounts in AWS, ${platform.accounts.length} in ${file}`;
  if (json) terminal.data(jsonText({ organization: organization.id, differences }));
  for (const difference of differences) terminal.out(formatProblem(file, difference));
  if (differences.length > 0) throw new Findings(`${differences.length} differences: ${counted}`);
  terminal.out(`no difference: ${counted}`);
}

async function ask(region: string): Promise<Organization> {
  const client = organizationsClient(region);
  try {
    return await readOrganization(client);
  } catch (error) {
    const reason = organizationFailure(error);
    throw reason === undefined ? error : new RunFailed(reason);
  } finally {
    client.destroy();
  }
}
