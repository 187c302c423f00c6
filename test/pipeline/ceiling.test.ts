import { describe, expect, test } from 'vitest';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { limits } from '@crosswind/aws/quotas';
import { evidenceOf } from '../../policies/evidence/evidence.ts';
import { measuresOf } from '../../policies/limits/measures.ts';
import { withinLimits } from '../../policies/rules/within-limits.ts';
import type { Evidence } from '../../policies/rules/rule.ts';
import { platformOf } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { pipelineApp } from './pipeline-app.ts';
import { platformIn } from './platform-in.ts';

/** The synthesized platform of so many workload accounts, two for each tenant. */
function evidenceFor(accounts: number, stem?: string): Evidence {
  const directory = temporaryDirectory();
  pipelineApp(platformOf(platformIn(accounts, stem)), directory).app.synth();
  return evidenceOf(readAssembly(directory), { runbooks: [] });
}

const actionsOf = (evidence: Evidence): number =>
  measuresOf(evidence).find(({ limit }) => limit === 'pipelineActions')?.used ?? 0;

/** Most accounts whose pipeline has no more actions than CodePipeline takes: they grow evenly. */
function mostAccounts(): number {
  const [few = 0, more = 0] = [20, 40].map((accounts) => actionsOf(evidenceFor(accounts)));
  const perTenant = (2 * (more - few)) / 20;
  return 20 + 2 * Math.floor((limits.pipelineActions.most - few) / perTenant);
}

describe('a platform of two accounts to a tenant', () => {
  test('has at least 390 accounts within every limit, whatever tenants are called; a tenant more than the actions allow is an error that names it', () => {
    const most = mostAccounts();
    expect(most).toBeGreaterThanOrEqual(390);
    expect(withinLimits.check(evidenceFor(most))).toEqual([]);
    expect(withinLimits.check(evidenceFor(most, 'tenant'.padEnd(26, 's')))).toEqual([]);
    const [finding, ...others] = withinLimits.check(evidenceFor(most + 2));
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(/^actions of a pipeline: expected at most 1,000, got 1,00\d in /);
    // Parents come after all children, so it is the last tenant in the last account.
    const named = `dev-tenant-${most / 2}.crosswind-tenant-${most / 2}-parent.Deploy`;
    expect(finding?.message).toContain(`the first that does not fit is action ${named} of stage dev.`);
    expect(finding?.message).toMatch(new RegExp(` in account ${300_000_000_000 + most}$`));
    expect(finding?.fix).toContain('a platform of its own');
  });
});
