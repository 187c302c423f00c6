import { describe, expect, test } from 'vitest';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { planSide } from '../../../cli/plan/plan-side.ts';
import { markdownOf } from '../../../cli/plan/present/markdown.ts';
import { presentation } from '../../../cli/plan/present/presentation.ts';
import { planSchema } from '../../../cli/plan/schema/plan-schema.ts';
import { staticPlan } from '../../../cli/plan/static-plan.ts';
import { changedAssembly, resourceOf } from './assemblies.ts';
import { allChanges, base, headWith } from './ten-changes.ts';

const now = new Date('2026-12-01T12:00:00Z');

const side = (directory: string) => planSide(directory, platformIn(directory), directory, undefined);

/** Lines of the Markdown that nothing folds away. */
function visibleLines(names: readonly string[]): readonly string[] {
  const [before, after] = [side(base()), side(headWith(names))];
  const plan = staticPlan(before, after, { now, version: '0.2.0' });
  planSchema.parse(JSON.parse(JSON.stringify(plan)));
  const { title, sections } = presentation(plan, before.platform, after.platform, now);
  const text = markdownOf(title, sections);
  return text
    .replace(/<details>[^]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => line !== '');
}

const role = 'crosswind-word-count-runner';

/** Lines that each change has in the Markdown, by the section. */
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'bucket replaced': {
    Stop: [
      '- **Replaced**: `AWS::S3::Bucket` `Crosswind/dev-word-count/Child/Child/Source` in `word-child-dev` (`BucketName` none → `crosswind-word-count-source`): its data (objects) is deleted.',
    ],
  },
  'table removed': {
    Stop: [
      '- **Deleted**: `AWS::DynamoDB::Table` `Crosswind/dev-word-count/Child/Child/Table` in `word-child-dev`: its data (items) is deleted.',
    ],
  },
  'tenant moved': {
    'New access': [
      '- role `Crosswind/probes-word-parent-prod/Probe/Probe/Function/Role` in `word-parent-prod` may `sts:AssumeRole` on the new `Crosswind/prod-word-count/Child/Probe`.',
      '- role `Crosswind/prod-word-count/Parent/Parent/Role` in `word-parent-prod` may `sts:AssumeRole` on the new `Crosswind/prod-word-count/Child/Target`.',
    ],
    'Accounts and tenants': [
      '- **Tenant** `word-count` moves: `child in wave prod: from word-child-prod 666666666666 to word-spare 700000000001`; 2 stacks created; 2 stacks left behind with 2 resources that hold data.',
    ],
  },
  'role renamed': {
    'New access': [
      `- **Renamed**: role \`Crosswind/dev-word-count/Child/Runner\`: \`${role}\` is \`${role}-two\`; it may do the same.`,
    ],
  },
  'bucket policy widened': {
    Trust: [
      '- **Added**: `account 900000000000` → `Crosswind/dev-word-count/Child/Child/Results` in `word-child-dev`: `s3:GetObject` without a condition.',
    ],
  },
  'MaxConcurrency changed': {
    Runs: [
      '- **Changed**: state `Count texts` (Map): `MaxConcurrency` `1000` → `7` of workflow `crosswind-word-count-child` in `word-child-dev`.',
    ],
  },
  'timeout removed': {
    Runs: [
      '- **Changed**: workflow `crosswind-word-count-child-Years-Workflow` in `word-child-dev`: `TimeoutSeconds` `300` → none.',
    ],
  },
  'account added': { 'Accounts and tenants': ['- **Account** `word-new 800000000000` joins: 1 stack created.'] },
  'account removed': {
    'Accounts and tenants': [
      '- **Account** `word-old 700000000000` leaves: 1 stack left behind with 2 resources that hold data.',
    ],
  },
  'alarm deleted': {
    'Alarms and dashboards': ['- **Removed**: alarm `crosswind-word-count-dev-child-aborted`.'],
    Cost: ['- **Fixed cost of a month**: $11.77 to $18.17 → $11.67 to $18.07.'],
  },
};

/** Lines of one change in one section. */
const linesOf = (section: string, ...names: readonly string[]): readonly string[] => [
  `### ${section}`,
  ...names.flatMap((name) => expected[name]?.[section] ?? []),
];

describe('the Markdown of a change says exactly', () => {
  test.each(allChanges)('%s', (name) => {
    const sections = Object.keys(expected[name] ?? {});
    expect(visibleLines([name]).slice(1)).toEqual(sections.flatMap((section) => linesOf(section, name)));
  });

  test('all ten of them, in the order of gravity', () => {
    expect(visibleLines(allChanges)).toEqual([
      '## Plan: stop, data goes (2)',
      ...linesOf('Stop', 'bucket replaced', 'table removed'),
      ...linesOf('New access', 'tenant moved', 'role renamed'),
      ...linesOf('Trust', 'bucket policy widened'),
      ...linesOf('Runs', 'MaxConcurrency changed', 'timeout removed'),
      ...linesOf('Accounts and tenants', 'account added', 'account removed', 'tenant moved'),
      ...linesOf('Alarms and dashboards', 'alarm deleted'),
      ...linesOf('Cost', 'alarm deleted'),
    ]);
  });

  test('that nothing changes, where only the order of resources and statements differs', () => {
    const assembly = base();
    const after = changedAssembly(assembly, {
      'Crosswind/dev-word-count/Child': (template) => {
        const entries = Object.entries(template.Resources).reverse();
        template.Resources = Object.fromEntries(entries);
        const { PolicyDocument } = resourceOf(template, 'ChildWorkflowRoleDefaultPolicy').Properties;
        const { Statement } = PolicyDocument as { Statement: unknown[] };
        Statement.reverse();
      },
    });
    const [before, next] = [side(assembly), side(after)];
    const plan = staticPlan(before, next, { now, version: '0.2.0' });
    const { title, sections } = presentation(plan, before.platform, next.platform, now);
    expect(markdownOf(title, sections)).toBe('## Plan: no change\n');
  });
});
