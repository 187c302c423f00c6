import { describe, expect, test } from 'vitest';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { resourceChanges } from '../../../cli/plan/diff/resource-changes.ts';
import { planSide } from '../../../cli/plan/plan-side.ts';
import { markdownOf } from '../../../cli/plan/present/markdown.ts';
import { presentation } from '../../../cli/plan/present/presentation.ts';
import { plannedAssets } from '../../../cli/plan/sections/resources.ts';
import { changedWaivers } from '../../../cli/plan/sections/waivers.ts';
import { staticPlan } from '../../../cli/plan/static-plan.ts';
import type { Waiver } from '../../../policies/waiver.ts';
import { platformText } from '../../synthesized.ts';
import { type Changes, assemblyOf, changedAssembly, resourceOf } from './assemblies.ts';
import { type Resources, stackOf } from './stacks.ts';

const now = new Date('2026-12-01T12:00:00Z');
const side = (directory: string) => planSide(directory, platformIn(directory), directory, undefined);

/** The plan of two assemblies, and the lines that its Markdown shows. */
function planned(before: string, after: string) {
  const [old, next] = [side(before), side(after)];
  const plan = staticPlan(old, next, { now, version: '0.2.0' });
  const { title, sections } = presentation(plan, old.platform, next.platform, now);
  const lines = markdownOf(title, sections)
    .replace(/<details>[^]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  return { plan, lines };
}

const ofTemplates = (changes: Changes) =>
  planned(assemblyOf(platformText), changedAssembly(assemblyOf(platformText), changes));

function changedText(piece: string, replacement: string, text = platformText): string {
  if (!text.includes(piece)) throw new Error(`the platform has no ${JSON.stringify(piece)}`);
  return text.replace(piece, replacement);
}

const ofTenant = 'Crosswind/observability/Tenant-word-count';

describe('alarms and dashboards', () => {
  test('that change are said with old and new values, in words', () => {
    const { lines } = ofTemplates({
      [ofTenant]: (template) => {
        const { Properties } = resourceOf(template, 'wordcountdevchildaborted');
        Properties['Threshold'] = 50;
        Properties['TreatMissingData'] = 'breaching';
      },
    });
    expect(lines).toEqual([
      '- **Changed**: alarm `crosswind-word-count-dev-child-aborted`: `threshold` `1` → `50`, `missing data is` `notBreaching` → `breaching`.',
    ]);
  });

  test('that change alike are one line', () => {
    const { lines } = ofTemplates({
      [ofTenant]: (template) => {
        for (const wave of ['dev', 'prod'])
          resourceOf(template, `wordcount${wave}childfailed`).Properties['Threshold'] = 3;
      },
    });
    expect(lines).toEqual([
      '- **Changed**: alarm `crosswind-word-count-dev-child-failed` and 1 alarm like it: `threshold` `1` → `3`.',
    ]);
  });

  test('are compared by widgets and metrics, whatever their positions are', () => {
    const metric = ['AWS/Lambda', 'Errors', 'FunctionName', 'a'];
    const body = (...widgets: readonly unknown[]): string => JSON.stringify({ widgets });
    const graph = (y: number, ...metrics: readonly unknown[]) => ({
      type: 'metric',
      x: 0,
      y,
      properties: { title: 'Errors', metrics },
    });
    const withBody = (text: string): Changes => ({
      [ofTenant]: (template) => {
        resourceOf(template, 'Dashboard').Properties['DashboardBody'] = text;
      },
    });
    const base = changedAssembly(assemblyOf(platformText), withBody(body(graph(0, metric))));
    expect(planned(base, changedAssembly(base, withBody(body(graph(6, metric))))).lines).toEqual([]);
    const text = { type: 'text', properties: { markdown: '# Read me\nfirst' } };
    const after = changedAssembly(base, withBody(body(text, graph(6, metric, ['AWS/Lambda', 'Throttles']))));
    const { plan, lines } = planned(base, after);
    expect(lines).toEqual(['- **Changed**: dashboard `crosswind-word-count`: 1 widget changed, 1 widget added.']);
    expect(plan.dashboards[0]?.widgets).toMatchObject([
      { title: 'Read me', change: 'added' },
      { title: 'Errors', change: 'changed', metricsAdded: ['AWS/Lambda Throttles'], metricsRemoved: [] },
    ]);
  });
});

describe('a tenant that joins', () => {
  const accounts = `  - { name: new-parent, id: '800000000000', email: aws+np@example.com, organizationalUnit: Workloads }
  - { name: new-child, id: '810000000000', email: aws+nc@example.com, organizationalUnit: Workloads }
`;
  const tenant = `  - name: new-count
    workload: word-count
    owner: letters-team
    waves: { dev: { parent: new-parent, child: new-child } }
`;
  const joined = (): string => assemblyOf(`${changedText('\ntenants:\n', `\n${accounts}\ntenants:\n`)}\n${tenant}`);

  test('like others brings no new access, and its alarms, actions and graphs follow it', () => {
    const { plan, lines } = planned(assemblyOf(platformText), joined());
    expect(lines).toEqual([
      '- **Account** `new-parent 800000000000` and 1 account like it join: 2 stacks created.',
      '- **Tenant** `new-count` joins: `parent in wave dev: new-parent`; `child in wave dev: new-child`; 3 stacks created.',
      expect.stringMatching(/^- \*\*Fixed cost of a month\*\*: \$.* → \$.*\.$/),
    ]);
    expect(plan.placements.flatMap(({ created }) => created.filter((stack) => !stack.hasKnownAccess))).toEqual([]);
  });

  test.each([
    ['somebody outside', 'arn:aws:iam::900000000000:root'],
    ['another tenant', 'arn:aws:iam::555555555555:root'],
  ])('and that trusts %s brings trust', (_, principal) => {
    const after = changedAssembly(joined(), {
      'Crosswind/dev-new-count/Child': (template) => {
        const { AssumeRolePolicyDocument } = resourceOf(template, 'TargetFC453255').Properties;
        (AssumeRolePolicyDocument as { Statement: unknown[] }).Statement.push({
          ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principal } },
        });
      },
    });
    const { plan } = planned(assemblyOf(platformText), after);
    const [, account] = /::(\d{12}):/.exec(principal) ?? [];
    expect(plan.trust.filter(({ change }) => change === 'added')).toContainEqual(
      expect.objectContaining({ from: `account ${account ?? ''}`, toAccount: '810000000000' }),
    );
  });

  test('again leaves its stacks behind', () => {
    const { plan } = planned(joined(), assemblyOf(platformText));
    const left = plan.placements.flatMap(({ leftBehind }) =>
      leftBehind.map(({ name, account }) => `${name} ${account}`),
    );
    expect(left).toContain('crosswind-new-count-child 810000000000');
    expect(plan.trust.filter(({ change }) => change !== 'same')).toEqual([]);
    expect(plan.stops).toEqual([]);
  });
});

describe('a wave', () => {
  const frozen = (): string => assemblyOf(changedText('approval: true', 'approval: true\n    frozen: true'));

  test('that is frozen leaves nothing behind, and one that thaws creates nothing', () => {
    for (const [before, after, text] of [
      [assemblyOf(platformText), frozen(), 'stays as it is: frozen'],
      [frozen(), assemblyOf(platformText), 'is deployed again: not frozen any more'],
    ] as const) {
      const [entry] = planned(before, after).plan.placements;
      expect(entry).toMatchObject({ subject: 'stacks', created: [], leftBehind: [] });
      expect(entry?.details).toContain(`crosswind-word-count-child in 666666666666 and us-east-1 ${text}`);
    }
  });

  test('without its approval says so', () => {
    const { lines } = planned(assemblyOf(platformText), assemblyOf(changedText('\n    approval: true', '')));
    expect(lines).toContain('- **Removed**: approval `Approve_prod` of stage `approve-prod` of the pipeline.');
  });
});

test('a limit that comes near is said, and one that is as far as before is not', () => {
  const withOutputs = (count: number): string =>
    changedAssembly(assemblyOf(platformText), {
      [ofTenant]: (template) => {
        template.Outputs = Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`Output${index}`, { Value: 'a' }]),
        );
      },
    });
  const { lines } = planned(withOutputs(150), withOutputs(170));
  expect(lines).toEqual([
    '- **outputs of a template**: 150 → 170 of 200 (85 %) in `stack crosswind-observability-word-count of account monitoring (222222222222)`.',
  ]);
  expect(planned(withOutputs(170), withOutputs(170)).lines).toEqual([]);
  expect(planned(withOutputs(100), withOutputs(150)).lines).toEqual([]);
});

describe('waivers', () => {
  const waiver = (rule: string, until: `${number}-${number}-${number}`, place: string): Waiver => ({
    ...{ rule, path: 'Crosswind/a', reason: 'It is no danger here, for now.', owner: 'a-team', until, place },
  });
  const changes = (before: readonly Waiver[] | undefined, after: readonly Waiver[]) =>
    changedWaivers({ before, after, now, version: '0.2.0' });

  test('are added, removed and due, and their lines in the file do not matter', () => {
    const kept = waiver('OBS-1', '2027-01-01', 'policies/waivers.yaml:2:5');
    const moved = { ...kept, place: 'policies/waivers.yaml:9:5', within: ['Crosswind/dev-new'] };
    const old = waiver('OBS-2', '2027-01-01', 'policies/waivers.yaml:5:5');
    const due = waiver('OBS-3', '2026-11-30', 'policies/waivers.yaml:5:5');
    const { added, removed, due: ended } = changes([kept, old], [moved, due]);
    expect([added, removed, ended].map((some) => some.map(({ rule }) => rule))).toEqual([
      ['OBS-3'],
      ['OBS-2'],
      ['OBS-3'],
    ]);
  });

  test('of an unknown base are neither added nor removed', () => {
    const due = waiver('OBS-3', '2026-11-30', 'policies/waivers.yaml:5:5');
    expect(changes(undefined, [due])).toMatchObject({
      added: [],
      removed: [],
      due: [{ rule: 'OBS-3' }],
      isBaseKnown: false,
    });
  });
});

describe('content of assets', () => {
  const [old, next] = ['a'.repeat(64), 'b'.repeat(64)];
  const code = (digest: string, memory = 128): Resources => ({
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'a-bucket', S3Key: `${digest}.zip` }, MemorySize: memory },
    },
    [`Version${digest}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
  });
  const changesOf = (before: Resources, after: Resources) =>
    resourceChanges([{ before: stackOf(before), after: stackOf(after) }], {
      digests: new Set([old, next]),
      namesIn: () => [],
    });

  test('is no change of a function, but is counted', () => {
    const { changes, assets } = changesOf(code(old), code(next));
    expect(changes.filter(({ type }) => type === 'AWS::Lambda::Function')).toEqual([]);
    expect(plannedAssets(assets).functions).toHaveLength(1);
  });

  test('hides no other change of the function, and no digest that is none of an asset', () => {
    expect(changesOf(code(old), code(next, 256)).changes).toMatchObject([
      { values: [{ path: 'MemorySize', before: 128, after: 256 }] },
    ]);
    const secret = (digest: string): Resources => ({
      It: { Type: 'AWS::SSM::Parameter', Properties: { Value: digest } },
    });
    expect(changesOf(secret('c'.repeat(64)), secret('d'.repeat(64))).changes).toHaveLength(1);
  });
});

describe('the order of a deployment', () => {
  const ordered = (after: readonly string[], delay: number): Resources => ({
    One: { Type: 'AWS::SQS::Queue', Properties: {} },
    Two: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay }, DependsOn: after },
  });
  const changesOf = (before: Resources, after: Resources) =>
    resourceChanges([{ before: stackOf(before), after: stackOf(after) }], { digests: new Set(), namesIn: () => [] });

  test('is no change of what is deployed', () => {
    expect(changesOf(ordered([], 0), ordered(['One'], 0)).changes).toEqual([]);
  });

  test('hides no other change', () => {
    expect(changesOf(ordered([], 0), ordered(['One'], 5)).changes).toMatchObject([
      { values: [{ path: 'DelaySeconds', before: 0, after: 5 }] },
    ]);
  });
});
