import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import { acknowledgeWaived } from '../../policies/acknowledge.ts';
import type { Waiver } from '../../policies/waivers.ts';

const outdir = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const why = { reason: 'it is a test', owner: 'test-team' };
const noLogs: Waiver = { rule: 'AwsSolutions-S1', path: 'Alone/*/Resource', ...why };
const noTls: Waiver = { rule: 'AwsSolutions-S10', path: 'Alone/First/Resource', ...why };

/** What synth complains of when a stack with two open buckets and two roles has these waivers. */
function complaints(...waivers: readonly Waiver[]): {
  readonly unused: readonly Waiver[];
  readonly found: readonly string[];
} {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Alone', { env: { account: '111111111111', region: 'us-east-1' } });
  new Bucket(stack, 'First');
  new Bucket(stack, 'Second');
  const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
  for (const [id, resource] of [
    ['All', '*'],
    ['Some', 'arn:aws:s3:::some/*'],
  ] as const) {
    new Role(stack, id, { assumedBy }).addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] }),
    );
  }
  const unused = acknowledgeWaived(app, waivers);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { unused, found: reported(app) };
}

/** The acknowledgements that synth was asked to make, found in what it still reports. */
function reported(app: App): readonly string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    const paths = [...text.matchAll(/^\s+(Alone\/\S+) /gm)].map(([, path = '']) => path);
    const rules = [...text.matchAll(/Acknowledge with 'AwsSolutions::(.*)'/g)].map(([, rule = '']) => rule);
    return rules.map((rule, index) => `${rule} ${paths[index] ?? ''}`).sort();
  }
}

const all = [
  'AwsSolutions-IAM5[Resource::*] Alone/All/DefaultPolicy/Resource',
  'AwsSolutions-IAM5[Resource::arn:aws:s3:::some/*] Alone/Some/DefaultPolicy/Resource',
  'AwsSolutions-S1 Alone/First/Resource',
  'AwsSolutions-S1 Alone/Second/Resource',
  'AwsSolutions-S10 Alone/First/Resource',
  'AwsSolutions-S10 Alone/Second/Resource',
];
const allBut = (...waived: readonly string[]): readonly string[] => all.filter((finding) => !waived.includes(finding));

describe('acknowledging', () => {
  test('nothing leaves every finding', () => {
    expect(complaints()).toEqual({ unused: [], found: all });
  });

  test.each([
    ['a rule on one resource', noTls, allBut('AwsSolutions-S10 Alone/First/Resource')],
    ['a rule wherever the path fits', noLogs, all.filter((finding) => !finding.includes('-S1 '))],
    [
      'a rule with any finding',
      { ...noLogs, rule: 'AwsSolutions-IAM5[*]', path: '*' },
      all.filter((finding) => !finding.includes('IAM5')),
    ],
    [
      'an asterisk that stands for itself',
      { ...noLogs, rule: 'AwsSolutions-IAM5[Resource::\\*]', path: '*' },
      allBut('AwsSolutions-IAM5[Resource::*] Alone/All/DefaultPolicy/Resource'),
    ],
  ])('%s leaves the others', (_, waiver, found) => {
    expect(complaints(waiver)).toEqual({ unused: [], found });
  });

  test.each([
    ['a rule that nothing breaks', { ...noLogs, rule: 'AwsSolutions-S2' }],
    ['a path that nothing has', { ...noTls, path: 'Alone/Third/Resource' }],
    ['a rule that is only the beginning of another', { ...noTls, rule: 'AwsSolutions-S' }],
    ['a dot for any character', { ...noTls, rule: 'AwsSolutions.S10' }],
    ['a path that only ends like another', { ...noTls, path: 'First/Resource' }],
  ])('%s accepts nothing and is given back', (_, waiver) => {
    expect(complaints(waiver, noLogs)).toEqual({ unused: [waiver], found: complaints(noLogs).found });
  });

  test('leaves reason and owner in the validation report', () => {
    const app = new App({ outdir });
    const bucket = new Bucket(new Stack(app, 'Alone'), 'First', { enforceSSL: true });
    acknowledgeWaived(app, [noLogs]);
    const metadata = bucket.node.defaultChild?.node.metadata.map(({ data }) => JSON.stringify(data)).join('\n');
    expect(metadata).toContain('it is a test (test-team)');
    expect(metadata).toContain('AwsSolutions::AwsSolutions-S1');
  });
});
