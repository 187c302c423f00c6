import { describe, expect, test } from 'vitest';
import type { AccessChange } from '../../../policies/reach/new-access-types.ts';
import type { PlanSide } from '../../../cli/plan/plan-side.ts';
import { markdownOf, mostCharacters, visibleLines } from '../../../cli/plan/present/markdown.ts';
import { presentation } from '../../../cli/plan/present/presentation.ts';
import type { Plan } from '../../../cli/plan/schema/plan-schema.ts';
import { compared } from '../../../cli/plan/comparison.ts';
import { planOf } from '../../../cli/plan/template-plan.ts';
import { workflowChanges } from '../../../cli/plan/runs/workflow-changes.ts';
import { platformIn as platformTextOf } from '../../pipeline/platform-in.ts';
import { assemblyOf, changedAssembly, removeResource, resourceOf } from './assemblies.ts';
import { sideOfMany } from './many-accounts.ts';

const now = new Date('2026-12-01T12:00:00Z');
const base = (): string => assemblyOf(platformTextOf(2));

/** Another version of the workload of every tenant. */
const head = (): string =>
  changedAssembly(base(), {
    'Crosswind/dev-tenant-0/Child': (template) => {
      removeResource(template, 'ChildSourcePolicy');
      removeResource(template, 'ChildSource');
      resourceOf(template, 'ChildResults6').Properties['BucketName'] = { 'Fn::Sub': 'a-${AWS::AccountId}' };
      resourceOf(template, 'ChildCountCC').Properties['MemorySize'] = 3008;
      const { Properties } = resourceOf(template, 'ChildWorkflowEEED');
      const text = JSON.stringify(Properties['DefinitionString']);
      Properties['DefinitionString'] = JSON.parse(
        text.replace(/\\"MaxConcurrency\\":\d+/, '\\"MaxConcurrency\\":7'),
      ) as unknown;
    },
    'Crosswind/observability/Tenant-tenant-0': (template) => {
      removeResource(template, 'tenant0devchildaborted');
    },
  });

/** Access of a role of each account. */
const accessIn = (accounts: number): readonly AccessChange[] =>
  Array.from({ length: accounts / 2 }, (_, tenant) => {
    const account = String(300_000_000_001 + 2 * tenant);
    return {
      ...{
        kind: 'role',
        principal: `arn:aws:iam::${account}:role/crosswind-tenant-${tenant}-child-ChildCountRole2B45-A1B2C3D4E5F6`,
      },
      ...{ account, action: 's3:GetObject', resource: `arn:aws:s3:::a-${account}/*`, resourceAccount: account },
      request: { action: 's3:GetObject', resource: `arn:aws:s3:::a-${account}/key`, context: {} },
      ...{ certain: true, because: 'allowed', policy: 'policy Default of its role', neededBy: [] },
      path: `Crosswind/dev-tenant-${tenant}/Child/Child/Count/Role/Resource`,
    };
  });

/** The plan without the decisions about each request, which the test of new access makes. */
function planOfMany(before: PlanSide, after: PlanSide, accounts: number): Plan {
  const [old, next] = [before, after].map(({ stacks, platform }) => ({ stacks, platform }));
  const none = { least: 0, most: 0 };
  return {
    ...planOf(compared(before, after), new Set(), { now, version: '0.2.0' }),
    ...{ access: accessIn(accounts), renamedRoles: [], trust: [], contract: { checks: [] } },
    runs: { workflows: old && next ? workflowChanges(old, next) : [], estimates: [] },
    fixedCost: { currency: 'USD', total: { before: none, after: none }, items: [] },
    names: {},
  };
}

function markdownFor(accounts: number): {
  readonly text: string;
  readonly shown: readonly string[];
  readonly plan: Plan;
} {
  const [before, after] = [sideOfMany(base(), accounts), sideOfMany(head(), accounts)];
  const plan = planOfMany(before, after, accounts);
  const { title, sections } = presentation(plan, before.platform, after.platform, now);
  const text = markdownOf(title, sections);
  const shown = text
    .replace(/<details>\n(<summary>.*<\/summary>)[^]*?<\/details>/g, '$1')
    .split('\n')
    .filter((line) => line !== '');
  return { text, shown, plan };
}

describe('a change of every tenant', () => {
  test.each([6, 400])('of %i accounts is one line for each shape, within the size of a comment', (accounts) => {
    const { text, shown, plan } = markdownFor(accounts);
    expect(text.length).toBeLessThanOrEqual(mostCharacters);
    expect(shown.length).toBeLessThanOrEqual(visibleLines);
    const tenants = accounts / 2;
    const others = tenants - 1;
    expect(plan.stops.map(({ places }) => places.length)).toEqual([tenants, tenants]);
    const lines = shown.filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      expect.stringMatching(/^- \*\*Replaced\*\*: `AWS::S3::Bucket` `Crosswind\/\*\/Child\/Child\/Results` in /),
      expect.stringMatching(/^- \*\*Deleted\*\*: `AWS::S3::Bucket` `Crosswind\/\*\/Child\/Child\/Source` in /),
      expect.stringMatching(
        /^- role `arn:.*` in .* may `s3:GetObject` on `arn:.*`\. \*\*Remove\*\* it: called by nobody\.$/,
      ),
      expect.stringContaining(` and ${others} workflows like it in `),
      expect.stringContaining(` and ${others} alarms like it.`),
      expect.stringContaining(` and ${others} resources like it in `),
    ]);
  });
});
