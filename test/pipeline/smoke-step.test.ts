import { describe, expect, test } from 'vitest';
import { deploymentOrder } from '@crosswind/assembly/deployment-order';
import type { Resource } from '@crosswind/assembly/resolve';
import { type RoleResource, rolesOf } from '@crosswind/assembly/roles';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { authorize } from '@crosswind/iam/authorize';
import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import {
  type Synthesized,
  platformOf,
  platformText,
  shippedPlatform,
  stackAt,
  synthesize,
  synthesized,
} from '../synthesized.ts';
import { platformIn } from './platform-in.ts';

const pipelineOf = ({ stacks }: Synthesized): readonly Resource[] => stackAt(stacks, 'Crosswind').resources;

/** The actions of every stage: its name, and what is done in which order. */
function stagesOf(it: Synthesized): ReadonlyMap<string, readonly JsonObject[]> {
  const [pipeline] = pipelineOf(it).filter(({ type }) => type === 'AWS::CodePipeline::Pipeline');
  const stages = listOf(pipeline?.properties['Stages']).map(objectOf);
  return new Map(stages.map(({ Name = '', Actions = [] }) => [textOf(Name), listOf(Actions).map(objectOf)]));
}

const smokeActions = (it: Synthesized): readonly JsonObject[] =>
  [...stagesOf(it).values()].flat().filter(({ Name }) => textOf(Name).startsWith('Smoke'));

/** The build that the smoke step of a wave runs. */
function buildOf(it: Synthesized, wave: string) {
  const action = smokeActions(it).find(({ Name }) => Name === `Smoke_${wave}`);
  const name = objectOf(action?.['Configuration'])['ProjectName'];
  const project = pipelineOf(it).find(
    (resource) => resource.type === 'AWS::CodeBuild::Project' && resource.name === name,
  );
  if (!project) throw new Error(`wave ${wave} has no smoke step`);
  const spec = objectOf(JSON.parse(textOf(objectOf(project.properties['Source'])['BuildSpec'])) as JsonObject);
  const commands = (phase: string) => listOf(objectOf(objectOf(spec['phases'])[phase])['commands']);
  return { project, install: commands('install'), commands: commands('build') };
}

describe('after each wave', () => {
  test.each(['dev', 'prod'])('%s is tried when all of its stacks are there', (wave) => {
    const actions = stagesOf(synthesized()).get(wave) ?? [];
    const last = Math.max(...actions.map(({ RunOrder }) => Number(RunOrder)));
    expect(actions.filter(({ RunOrder }) => RunOrder === last).map(({ Name }) => Name)).toEqual([
      `Protect_${wave}`,
      `Smoke_${wave}`,
    ]);
    expect(actions.length).toBeGreaterThan(2);
  });

  test('it comes before the next wave, and nowhere else', () => {
    const waves = [...stagesOf(synthesized())].filter(([, actions]) =>
      actions.some(({ Name }) => textOf(Name).startsWith('Smoke')),
    );
    expect(waves.map(([name]) => name)).toEqual(['dev', 'prod']);
    expect(smokeActions(synthesized())).toHaveLength(2);
  });

  test('it deploys nothing', () => {
    const waves = deploymentOrder(synthesized().assembled).filter(({ name }) => name === 'dev' || name === 'prod');
    expect(waves.map(({ steps }) => steps.map((step) => step.length))).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('who subscribes is checked and the tenant is run over its sample, with the repository as it was pushed', () => {
    const { install, commands } = buildOf(synthesized(), 'prod');
    expect(install).toEqual(['npm ci']);
    expect(commands).toEqual([
      'npx crosswind subscriptions',
      'npx crosswind run word-count --wave prod --sample --timeout 10',
    ]);
    const [source] = listOf(stagesOf(synthesized()).get('Source')?.[0]?.['OutputArtifacts']);
    expect(smokeActions(synthesized()).map(({ InputArtifacts }) => InputArtifacts)).toEqual([[source], [source]]);
  });

  test('all tenants of the wave are run, ten at a time', () => {
    const minutes = (it: Synthesized) => Number(buildOf(it, 'dev').project.properties['TimeoutInMinutes']);
    const three = synthesize(platformOf(platformIn(6)));
    expect(buildOf(three, 'dev').commands).toContain(
      'npx crosswind run tenant-0 tenant-1 tenant-2 --wave dev --sample --timeout 10',
    );
    const eleven = synthesize(platformOf(platformIn(22)));
    expect([minutes(synthesized()), minutes(three), minutes(eleven)]).toEqual([20, 20, 30]);
  });

  test.each([
    ['a wave', '  - name: prod\n', '  - name: prod\n    frozen: true\n'],
    ['an account', '  - name: word-child-prod\n', '  - name: word-child-prod\n    frozen: true\n'],
  ])('nothing is run where %s is frozen', (_, from, to) => {
    const frozen = smokeActions(synthesize(platformOf(platformText.replace(from, to))));
    expect(frozen.map(({ Name }) => Name)).toEqual(['Smoke_dev']);
  });

  test('a frozen tenant is not run with the others of its wave', () => {
    const frozen = platformIn(4).replace('name: tenant-0-parent,', 'name: tenant-0-parent, frozen: true,');
    expect(buildOf(synthesize(platformOf(frozen)), 'dev').commands).toContain(
      'npx crosswind run tenant-1 --wave dev --sample --timeout 10',
    );
  });

  test('it is built as everything else: same image, without privileges', () => {
    const environments = pipelineOf(synthesized())
      .filter(({ type }) => type === 'AWS::CodeBuild::Project')
      .map(({ properties }) => JSON.stringify(objectOf(properties['Environment'])['Image']));
    expect(environments.length).toBeGreaterThan(4);
    expect(new Set(environments)).toEqual(new Set(['"aws/codebuild/standard:8.0"']));
    const { project } = buildOf(synthesized(), 'dev');
    expect(objectOf(project.properties['Environment'])['PrivilegedMode']).toBe(false);
  });
});

describe('the role of the smoke step', () => {
  const organization = shippedPlatform.organization.id;
  const roles = synthesized().stacks.flatMap(rolesOf);
  const smoke = roles.find(({ arn }) => arn === buildOf(synthesized(), 'dev').project.properties['ServiceRole']);
  if (!smoke) throw new Error('the smoke step has no role');
  const source = (name: string, document: JsonObject): PolicySource => ({
    name,
    document: document as unknown as PolicyDocument,
  });

  /** True if the smoke step may assume a role, with its own account and that of the role in these organizations. */
  const mayAssume = (
    { name, arn, account, trust }: RoleResource,
    principalOrg = organization,
    roleOrg = organization,
  ) =>
    authorize(
      {
        principal: {
          kind: 'role',
          roleArn: smoke.arn,
          sessionArn: `arn:aws:sts::${smoke.account}:assumed-role/${smoke.name}/build`,
          account: smoke.account,
        },
        action: 'sts:AssumeRole',
        resource: arn,
        resourceAccount: account,
        context: { 'aws:PrincipalOrgID': principalOrg, 'aws:ResourceOrgID': roleOrg },
      },
      {
        identity: smoke.policies.map((policy) => source(policy.name, policy.document)),
        resource: source(`trust policy of ${name}`, trust),
      },
    ).allowed;

  const runners = roles.filter(({ name }) => name === 'crosswind-word-count-runner');

  /** The viewer of an account, which its baseline creates. */
  const viewer = (account: string): RoleResource => ({
    ...smoke,
    name: 'crosswind-viewer',
    arn: `arn:aws:iam::${account}:role/crosswind-viewer`,
    account,
    trust: {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${smoke.account}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
      },
    },
  });

  test('may assume the viewer of the monitoring account, and no other viewer', () => {
    const { accounts, monitoring } = shippedPlatform;
    const allowed = accounts.filter(({ id }) => mayAssume(viewer(id)));
    expect(allowed.map(({ name }) => name)).toEqual([monitoring.account]);
    expect(accounts.length).toBeGreaterThan(2);
  });

  test('may assume the runner roles of all workload accounts, and no other role of the platform', () => {
    expect(runners.map(({ account }) => account)).toEqual([
      '444444444444',
      '333333333333',
      '666666666666',
      '555555555555',
    ]);
    expect(roles.filter((role) => mayAssume(role))).toEqual(runners);
  });

  test('may not, when either account is outside of the organization', () => {
    expect(runners.filter((role) => mayAssume(role, 'o-another000'))).toEqual([]);
    expect(runners.filter((role) => mayAssume(role, organization, 'o-another000'))).toEqual([]);
  });
});
