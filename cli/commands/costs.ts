import { resolve } from 'node:path';
import { Command } from 'commander';
import { resolveTolerantly } from '@crosswind/assembly/resolve';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { monitoringCosts, type MonitoringCosts } from '../costs/monitoring-costs.ts';
import { costLines } from '../costs/present.ts';
import type { Io } from '../io.ts';
import { assemblyAt } from '../platform/deployed-in.ts';
import { inSynthesized } from '../platform/in-synthesized.ts';
import { readPlatform } from '../read-platform.ts';
import { jsonText, terminalOf } from '../terminal.ts';

interface CostsOptions {
  readonly assembly?: string;
  readonly file: string;
  readonly json: boolean;
}

/** `crosswind costs`: the bill of watching the platform. */
export function costsCommand(io: Io, clone: Clone): Command {
  return new Command('costs')
    .description('print what watching the platform costs a month: alarms, dashboards, own metrics, probes and keys')
    .option('--assembly <dir>', 'read this cloud assembly instead of synthesizing one')
    .option('--file <file>', 'the platform', resolve(clone.root, 'platform.yaml'))
    .option('--json', 'print the costs as JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Counted in the templates, at the list prices of us-east-1 (packages/aws/src/prices.ts). An alarm on a query costs as',
        'much as the metrics that it analyzes, so it grows with accounts and tenants. The free tier is apart. What runs of a',
        'workload cost is the answer of `crosswind simulate`.',
        '',
        'Exit codes: 0 ok, 1 wrong input, 2 the synthesis failed.',
      ].join('\n'),
    )
    .action((options: CostsOptions) => printCosts(io, clone, options));
}

async function printCosts(io: Io, clone: Clone, { assembly, file, json }: CostsOptions): Promise<void> {
  const terminal = terminalOf(io, { json });
  const costsOf = (directory: string): MonitoringCosts => monitoringCosts(resolveTolerantly(assemblyAt(directory)));
  // A wrong file is a problem of its own, and not one of the synthesis.
  if (assembly === undefined) await readPlatform(clone, resolve(file));
  const costs =
    assembly === undefined ? await inSynthesized({ io, clone, file, terminal }, costsOf) : costsOf(resolve(assembly));
  if (json) terminal.data(jsonText({ costs }));
  else for (const line of costLines(costs, terminal.colors)) terminal.out(line);
}
