import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import {
  type Clone,
  cloneAt,
  type DiscoveredWorkloads,
  discoverWorkloads,
  loadParts,
} from '../blocks/discover-workloads.ts';
import type { Workload } from '../blocks/workload.ts';
import { fileText } from '../config/file-text.ts';
import { overrideProblem, parseOverride } from '../config/overrides.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import type { Platform } from '../config/schema.ts';
import { standInContracts } from '../config/stand-in-contracts.ts';
import { writeBaseline } from '../onboarding/baseline/baseline-files.ts';
import { platformFile } from '../config/platform-file.ts';
import { TemplateValidation } from '../policies/template-validation.ts';
import { addPlatform } from './add-platform.ts';
import { addCheckFindings } from './check-findings.ts';
import { circumstancesOf } from './circumstances.ts';
import { cloneWaivers } from '../policies/clone-waivers.ts';
import { groupReport } from './group-report.ts';
import { isJudged, judgingProblems, markUnjudged } from './judging.ts';

/**
 * The composition root: reads `platform.yaml`, builds the pipeline with its stages, and lets the policies judge them.
 * Context `platform` names another file, `services` another folder of workloads, `set` overrides settings
 * (`["hello.batchSize=100"]`), `dueWaivers` says what waivers that are due do. `tenant` leaves out all other
 * tenants. With `quick: true`, as `crosswind sandbox --watch` sets it, nothing is judged; the command line of the CDK
 * is refused then, and deploys no such assembly. With the variable CROSSWIND_FINDINGS=all, which editors set, the report has
 * the findings of `crosswind check`, too.
 */
const app = new App();
const clone: Clone = { ...cloneAt(join(import.meta.dirname, '..')), ...servicesOf(app) };
const problems = await build();
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

/** Synthesizes the platform, or returns what is wrong with its files. */
async function build(): Promise<readonly string[]> {
  const unjudged = judgingProblems(app, process.env);
  if (unjudged.length > 0) return unjudged;
  const read = readPlatform(await discoverWorkloads(clone));
  if (!read.ok) return read.problems;
  const { platform, text } = read;
  const waivers = cloneWaivers(clone, platform);
  if (waivers.problems.length > 0) return waivers.problems;
  const used = new Set(platform.tenants.map(({ workload }) => workload));
  addPlatform(app, {
    platform,
    workloads: await loadParts<Workload>(clone, used, 'workload'),
    waivers: waivers.waivers,
    circumstances: circumstancesOf(app, clone, used, new Date()),
    isJudged: isJudged(app),
  });
  const names = [...platform.accounts, ...platform.tenants].map(({ name }) => name);
  if (isJudged(app)) Validations.of(app).addPlugins(new TemplateValidation(names));
  const assembly = app.synth();
  writeBaseline(assembly.directory, platform);
  writeFileSync(join(assembly.directory, platformFile), text);
  if (isJudged(app)) {
    groupReport(app, platform, clone.root);
    if (process.env['CROSSWIND_FINDINGS'] === 'all')
      addCheckFindings(assembly.directory, clone.root, resolve(read.file));
  } else markUnjudged(assembly);
  return [];
}

/** The folder of workloads that the context names, as a path from the root of the clone. */
function servicesOf({ node }: App): Partial<Clone> {
  const services: unknown = node.tryGetContext('services');
  return typeof services === 'string' ? { services } : {};
}

type Read =
  | { readonly ok: true; readonly platform: Platform; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly problems: string[] };

/** The platform of the file, with the tenant alone that the context names. Then the contracts of others may be wrong. */
function readPlatform({ contracts, problems: unreadable }: DiscoveredWorkloads): Read {
  const file = (app.node.tryGetContext('platform') as string | undefined) ?? 'platform.yaml';
  const settings = JSON.parse((app.node.tryGetContext('set') as string | undefined) ?? '[]') as readonly string[];
  const only: unknown = app.node.tryGetContext('tenant');
  const overrides = settings.map((text) => {
    const override = parseOverride(text);
    if (!override) throw new Error(overrideProblem(text));
    return override;
  });
  const source = fileText(readFileSync(file));
  if (!source.ok) return { ok: false, problems: [formatProblem(file, source.problem)] };
  const { text } = source;
  const standIns = standInContracts(text, (workload) => unreadable.has(workload));
  const parsed = parsePlatform(text, new Map([...contracts, ...standIns]), overrides);
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map((problem) => formatProblem(file, problem)) };
  const platform = typeof only === 'string' ? withTenant(parsed.platform, only) : parsed.platform;
  const wrong = platform.tenants.flatMap(({ workload }) => unreadable.get(workload) ?? []);
  return wrong.length > 0 ? { ok: false, problems: wrong } : { ok: true, platform, file, text };
}

/** The platform with that tenant alone. */
function withTenant(platform: Platform, name: string): Platform {
  const tenants = platform.tenants.filter((tenant) => tenant.name === name);
  return {
    ...platform,
    tenants,
    waves: platform.waves.filter((wave) => tenants.some(({ waves }) => wave.name in waves)),
  };
}
