import { Validations } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { addPlatform, allDeployed } from '../../pipeline/add-platform.ts';
import { platformOf, platformText, shippedPlatform } from '../synthesized.ts';
import { workloads } from '../workloads.ts';
import { bareApp } from './pipeline-app.ts';

test.each<[what: string, from: string, to: string, all: boolean]>([
  ['the file as it is shipped', '', '', true],
  ['a frozen wave', '  - name: prod\n', '  - name: prod\n    frozen: true\n', false],
  ['a frozen account', '  - name: word-child-prod\n', '  - name: word-child-prod\n    frozen: true\n', false],
  ['a pending account', "    id: '666666666666'\n", "    id: '666666666666'\n    state: pending\n", false],
  ['a frozen account that no tenant uses', '\ntenants:\n', frozenSpare(), true],
])('everything is deployed with $0: $3', (_, from, to, all) => {
  expect(platformText).toContain(from);
  expect(allDeployed(platformOf(platformText.replace(from, to)))).toBe(all);
});

test('a tenant without waves is not deployed, so that the waivers of its workload wait', () => {
  const { tenants, ...platform } = platformOf(platformText);
  const idle = tenants.map((tenant) => ({ ...tenant, name: 'idle', waves: {} }));
  expect(allDeployed({ ...platform, tenants: [...tenants, ...idle] })).toBe(false);
});

test.each([
  ['AwsSolutions::AwsSolutions-S1', 'AwsSolutions-S1'],
  ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::*]'],
  ['Crosswind::OBS-2', 'OBS-2'],
  ['Waivers::WAIVER-1', 'WAIVER-1'],
])('code that acknowledges %s is refused by its construct', (id, rule) => {
  expect(problemsWith(id)).toEqual([
    `Crosswind/dev-word-count/Child acknowledges ${rule} in code, expected a waiver: remove it, and write one into waivers.yaml of the workload or of policies/`,
  ]);
});

test('code may acknowledge a warning of the CDK', () => {
  expect(problemsWith('@aws-cdk/aws-lambda:codeArtifactPath')).toEqual([]);
});

/** Problems of the platform in which code of a tenant acknowledges that. */
function problemsWith(id: string): readonly string[] {
  const app = bareApp();
  const circumstances = { now: new Date(), version: '0.1.0', runbooks: [], dueWaivers: 'report' } as const;
  addPlatform(app, { platform: shippedPlatform, workloads, waivers: [], circumstances });
  const child = app.node.findAll().find(({ node }) => node.path === 'Crosswind/dev-word-count/Child');
  if (child) Validations.of(child).acknowledge({ id, reason: 'because' });
  return app.node.findChild('Crosswind').node.validate();
}

test('nothing is deployed of a platform without tenants, so that its waivers wait for them', () => {
  expect(allDeployed({ ...platformOf(platformText), waves: [], tenants: [] })).toBe(false);
});

function frozenSpare(): string {
  const account = ['name: spare', "id: '777777777777'", 'email: spare@example.com', 'organizationalUnit: Spare'];
  return `  - ${[...account, 'frozen: true'].join('\n    ')}\n\ntenants:\n`;
}
