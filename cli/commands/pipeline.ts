import { resolve } from 'node:path';
import { Command } from 'commander';
import type { ActionResult, IntegrationModelsOf } from '@crosswind/sandbox/sandbox';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { breakGlassRoleName } from '../../config/role-names.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { assembledApp } from '../local/assembled-app.ts';
import { assemblyFor } from '../local/assembly-for.ts';
import { checkBundles } from '../local/bundles.ts';
import { isOfTenant } from '../local/deploy-platform.ts';
import { fixOf } from '../local/fix-of.ts';
import { openRemovable } from '../local/open-removable.ts';
import { deployBaseline } from '../local/deploy-baseline.ts';
import { attachOrganizationPolicies } from '../local/attach-organization-policies.ts';
import { playPipeline } from '../local/play-pipeline.ts';
import { checkSettings, collect } from '../options.ts';
import { loadValidPlatform, type ValidPlatform } from '../read-platform.ts';
import { knownWorkload } from '../local/workload-options.ts';
import { jsonText, type Terminal, terminalOf } from '../terminal.ts';

interface PipelineOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly set: readonly string[];
  readonly strict: boolean;
  readonly json: boolean;
}

/** `crosswind pipeline`: a push to the repository, on this machine. */
export function pipelineCommand(io: Io, clone: Clone): Command {
  return new Command('pipeline')
    .description(
      'play the pipeline on this machine: the baseline of every account, the policies of the organization, every stage and action through its roles, simulated',
    )
    .option('--assembly <dir>', 'play the pipeline of this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--set <tenant.setting=value>', 'change a setting of the platform (repeatable)', collect, [])
    .option('--strict', 'refuse what AWS can deploy and the sandbox cannot simulate', false)
    .option('--json', 'print what happened as JSON, and nothing else, on standard output', false)
    .addHelpText(
      'after',
      [
        '',
        'Approvals are given and subscriptions confirmed automatically. Of the builds, commands of Crosswind and of the CDK run; the others are named as not run.',
        '',
        'Exit codes: 0 every action succeeded, 1 wrong input, 2 an action failed, or the synthesis did.',
      ].join('\n'),
    )
    .action((options: PipelineOptions) => play(io, clone, options));
}

async function play(io: Io, clone: Clone, options: PipelineOptions): Promise<void> {
  const terminal = terminalOf(io, options);
  checkSettings(options);
  const loaded = await loadValidPlatform(clone, resolve(options.file), { settings: options.set });
  const { platform } = loaded.parsed;
  const cleanUp = onInterrupt(io);
  try {
    const assembly = await assemblyFor({ clone, options, terminal, cleanUp });
    const { isPlatform, assembled: stacks, byHand, waves } = assembledApp(assembly);
    if (!isPlatform)
      throw new WrongInput(`${assembly} has no pipeline of this platform: expected what \`cdk synth\` writes`);
    checkBundles(waves.flatMap((wave) => wave.stacks));
    const settings = { poll: 5, crash: false, strict: options.strict };
    const sandbox = await cleanUp.use(
      openRemovable(settings, platform, { integrationModels: await modelsOfTenants(clone, loaded) }),
    );
    const results: ActionResult[] = [];
    const props = {
      ...{ sandbox, clone, platform, loaded, file: resolve(options.file), assembly, stacks, byHand, io },
      signal: cleanUp.signal,
    };
    terminal.progress('deploying the baseline of the accounts');
    await deployBaseline(props);
    attachOrganizationPolicies(sandbox, platform);
    await playPipeline({
      ...props,
      // The policies of the organization stop everybody else.
      deployer: breakGlassRoleName,
      progress: (line) => {
        terminal.progress(line);
      },
      onAction: (result) => {
        if (results.at(-1)?.action.stage !== result.action.stage)
          terminal.out(terminal.colors.bold(result.action.stage));
        const fix = fixOf(result.error ?? '', sandbox);
        for (const line of [...linesOf(result, terminal), ...fix]) terminal.out(line);
        results.push(result);
        return 'stop';
      },
    });
    if (options.json)
      terminal.data(
        jsonText({
          simulated: true,
          actions: results.map(reported),
          decisions: { allowed: sandbox.decisions.allowed() },
        }),
      );
    const failed = results.filter(({ status }) => status === 'Failed');
    if (failed.length > 0)
      throw new RunFailed(
        `the pipeline ends at ${failed.map(({ action }) => `${action.stage} ${action.name}`).join(', ')}`,
      );
    terminal.out('');
    terminal.out(
      `Simulated: ${results.length} actions succeeded, each with the permissions of its roles; nothing ran on AWS.`,
    );
  } finally {
    await cleanUp.now();
  }
}

/** Models of integrations for the state machines of each tenant. */
async function modelsOfTenants(clone: Clone, { parsed, contracts }: ValidPlatform): Promise<IntegrationModelsOf> {
  const tenants = await Promise.all(
    parsed.platform.tenants.map(async (tenant) => {
      const { local } = await knownWorkload(clone, tenant.workload, contracts);
      return { tenant, models: local.integrations ?? {} };
    }),
  );
  return (path) => tenants.find(({ tenant }) => isOfTenant(path, tenant))?.models ?? {};
}

/** An action with what it did: the same line once. */
function linesOf(result: ActionResult, { colors }: Terminal): readonly string[] {
  const { action, account, status, done, notRun, error } = result;
  const mark = status === 'Succeeded' ? colors.green('✓') : colors.red('✗');
  const head = `  ${mark} ${action.runOrder}  ${action.name}  ${colors.dim(`${action.provider} in ${account}, ${action.region}`)}`;
  const lines = [...notRun.map((text) => `not run here: ${text}`), ...new Set(done), ...(error?.split('\n') ?? [])];
  return [head, ...lines.map((line) => `       ${line}`)];
}

const reported = ({ action, account, status, done, notRun, error }: ActionResult) => ({
  stage: action.stage,
  name: action.name,
  runOrder: action.runOrder,
  provider: action.provider,
  account,
  region: action.region,
  status,
  done: [...new Set(done)],
  notRun,
  error: error ?? null,
});
