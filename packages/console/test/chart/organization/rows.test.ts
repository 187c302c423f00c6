import { describe, expect, test } from 'vitest';
import { entrancesOf, matches, rolesInUse } from '../../../src/chart/organization/account-facts.ts';
import { accountWith, cellOf } from '../../../src/chart/organization/cell.ts';
import { matrixRows, waveText } from '../../../src/chart/organization/matrix-rows.ts';
import { organizationRows, rowsNaming, sortedRows } from '../../../src/chart/organization/rows.ts';
import { countsText, countsOf, organizationFinding, sizeText } from '../../../src/chart/organization/summary.ts';
import { snapshotAt } from '../../../src/models/at-time.ts';
import type { OrganizationModel } from '../../../src/models/organization.ts';
import type { Snapshot } from '../../../src/models/snapshot.ts';
import { organizationModel } from '../../../src/server/organization.ts';
import { snapshotOf } from '../../../src/server/snapshot.ts';
import { machineOf, organizationOf, organizationRun, type OrganizationShape } from '../../org-fixture.ts';
import { start } from '../../stuck-run.ts';

const modelsOf = (shape: OrganizationShape): Snapshot => snapshotOf(organizationRun(shape));

function organizationIn({ sections: { organization } }: Snapshot): OrganizationModel {
  if (!organization) throw new Error('there is an organization');
  return organization;
}

const tenantsOf = (rows: ReturnType<typeof organizationRows>) => rows.map(({ tenant }) => tenant?.name);

describe('rows of an organization', () => {
  test('are tenants with a cell for each wave, with the state of the last runs', () => {
    const rows = organizationRows(modelsOf({ tenants: 4 }));
    expect(rows.map(({ tenant, worst, needsLook }) => [tenant?.name, worst, needsLook])).toEqual([
      ['tenant-0', 'failed', true],
      ['tenant-1', 'running', false],
      ['tenant-2', 'succeeded', true],
      ['tenant-3', 'succeeded', false],
    ]);
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(['dev', 'prod']);
  });

  test('need nobody before anything ran', () => {
    const rows = organizationRows(snapshotAt(modelsOf({ tenants: 4 }), start - 1));
    expect(rows.map(({ worst, needsLook }) => [worst, needsLook])).toEqual(Array(4).fill([undefined, false]));
  });

  test('have a line between accounts with role, conditions and what is denied on it', () => {
    const models = modelsOf({ tenants: 3 });
    const lines = organizationRows(models).map(({ cells }) => cells.get('dev')?.lines ?? []);
    expect(lines[0]).toMatchObject([{ from: 0, to: 1, conditions: ['external id is main'], denied: null }]);
    expect(lines[0]?.[0]?.role).toMatch(/:role\/target$/);
    expect(lines[2]).toMatchObject([{ denied: '504 times' }]);
    const before = organizationRows(snapshotAt(models, start + 5_000)).map(({ cells }) => cells.get('dev')?.lines);
    expect(before[2]).toMatchObject([{ denied: '1 time' }]);
  });

  test('have one box for stages that share an account, and none for a line within it', () => {
    const model = organizationOf({ tenants: 1 });
    const [cell] = model.tenants[0]?.cells ?? [];
    const [parent] = cell?.stages ?? [];
    if (!cell || !parent) throw new Error('the tenant has a parent');
    const shared = { ...cell, stages: cell.stages.map((stage) => ({ ...stage, account: parent.account })) };
    expect(cellOf(model, shared)).toMatchObject({ boxes: [{ stages: ['parent', 'child'] }], lines: [] });
    const alone = { ...cell, stages: cell.stages.slice(1) };
    expect(cellOf(model, alone)).toMatchObject({ boxes: [{ stages: ['child'] }], lines: [] });
  });

  test('of three stages have a box for each and a line for each start', () => {
    const model = organizationOf({ tenants: 1, stages: ['entry', 'middle', 'last'] });
    const [cell] = model.tenants[0]?.cells ?? [];
    if (!cell) throw new Error('the tenant has a cell');
    const { boxes, lines } = cellOf(model, cell);
    expect(boxes.map(({ stages }) => stages)).toEqual([['entry'], ['middle'], ['last']]);
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('of an app without tenants are its accounts: those that start each other are one row, the caller first', () => {
    const account = (id: string) => ({ id, name: id, region: 'eu-west-1' });
    const organization = organizationModel({
      ...{ id: null, waves: [], tenants: [], links: [] },
      accounts: ['222222222222', '333333333333', '111111111111'].map(account),
      stacks: ['111111111111', '222222222222'].map((id) => ({
        ...{ name: 'own', account: id, region: 'eu-west-1' },
        resources: [{ type: 'AWS::StepFunctions::StateMachine', name: 'main', arn: machineOf(id), properties: {} }],
      })),
      starts: [{ from: machineOf('111111111111'), to: '', role: 'arn:aws:iam::222222222222:role/target', waits: true }],
    });
    const models = modelsOf({ tenants: 0 });
    const rows = organizationRows({ ...models, sections: { ...models.sections, organization } });
    expect(rows.map(({ cells }) => cells.get('')?.boxes.map((box) => box.account))).toEqual([
      ['111111111111', '222222222222'],
      ['333333333333'],
    ]);
    expect(rows[0]?.cells.get('')?.lines).toMatchObject([{ from: 0, to: 1 }]);
    expect(organizationFinding(organization, rows)).toBe('3 accounts, 2 stacks');
  });

  test.each([
    ['what needs you first', ['tenant-0', 'tenant-2', 'tenant-1', 'tenant-3']],
    ['by name', ['tenant-0', 'tenant-1', 'tenant-2', 'tenant-3']],
    ['by owner', ['tenant-0', 'tenant-3', 'tenant-1', 'tenant-2']],
  ] as const)('sorted %s', (order, names) => {
    expect(tenantsOf(sortedRows(organizationRows(modelsOf({ tenants: 4 })), order))).toEqual(names);
  });

  test.each([
    ['TENANT-1', ['tenant-1']],
    ['team-0', ['tenant-0', 'tenant-3']],
    ['300000000201', ['tenant-2']],
    ['child-prod', ['tenant-0', 'tenant-1', 'tenant-2', 'tenant-3']],
    [' ', ['tenant-0', 'tenant-1', 'tenant-2', 'tenant-3']],
    ['nobody', []],
  ])('that name %j', (text, names) => {
    const models = modelsOf({ tenants: 4 });
    expect(tenantsOf(rowsNaming(organizationRows(models), text, organizationIn(models)))).toEqual(names);
  });
});

describe('lines of the matrix', () => {
  const models = modelsOf({ tenants: 20 });
  const rows = sortedRows(organizationRows(models), 'what needs you first');
  const { waves } = organizationIn(models);

  test('are a wave each of a few accounts, else a tenant each', () => {
    const large = matrixRows(rows.slice(0, 1), { level: 'large', isFolded: false, waves });
    expect(large.map((line) => line.kind === 'row' && line.waves)).toEqual([['dev'], ['prod']]);
    const medium = matrixRows(rows, { level: 'medium', isFolded: false, waves });
    expect(medium).toHaveLength(20);
  });

  test('fold the tenants that are well into one', () => {
    const lines = matrixRows(rows, { level: 'many', isFolded: true, waves });
    expect(lines.map((line) => (line.kind === 'folded' ? line.count : line.row.tenant?.name))).toEqual([
      'tenant-0',
      'tenant-2',
      'tenant-1',
      17,
    ]);
    expect(matrixRows(rows.slice(0, 6), { level: 'many', isFolded: true, waves })).toHaveLength(6);
  });

  test('say of a wave when it is deployed', () => {
    expect(waveText(waves, 'dev')).toBe('first wave, without approval');
    expect(waveText(waves, 'prod')).toBe('second wave, after approval');
    expect(waveText([{ name: 'dev', hasApproval: true, isFrozen: true }], 'dev')).toBe('first wave, frozen');
  });
});

describe('an account', () => {
  const models = modelsOf({ tenants: 3 });
  const model = organizationIn(models);
  const child = accountWith(model, '300000000201');
  if (!child) throw new Error('the third tenant has a child');

  test('lists who may come in: accounts of tenants before those that all share', () => {
    expect(entrancesOf(model, child)).toEqual([
      { from: 'tenant-2-parent-dev', roles: ['target'], conditions: ['external id is main'] },
      { from: 'tooling', roles: ['deploy'], conditions: ['organization is o-exampleorg1'] },
    ]);
  });

  test('lists its roles with what was used of what they were granted, those in use first', () => {
    const allowed = models.decisions.map((decision) => ({ ...decision, verdict: 'allowed' as const }));
    const uses = (decisions: Snapshot['decisions']) =>
      rolesInUse(model, child, decisions).map(({ role, granted, used }) => [role.split('/')[1], used, granted]);
    expect(uses(allowed)).toEqual([
      ['target', 1, 2],
      ['deploy', 0, 2],
    ]);
    expect(uses(models.decisions).map(([, used]) => used)).toEqual([0, 0]);
  });

  test('counts what is deployed in it', () => {
    expect(countsText(countsOf(child))).toBe('1 machine, 2 roles');
    expect(countsText(countsOf(child, ['other']))).toBe('nothing is deployed');
  });

  test.each([
    ['s3:Get*', 's3:GetObject', true],
    ['S3:getobject', 's3:GetObject', true],
    ['*', 'kms:Decrypt', true],
    ['s3:?etObject', 's3:GetObject', true],
    ['s3:Get*', 's3:PutObject', false],
    ['s3:GetObject', 's3:GetObjectTagging', false],
    ['s3.Get*', 's3:GetObject', false],
  ])('pattern %s and action %s match: %s', (pattern, action, expected) => {
    expect(matches(pattern, action)).toBe(expected);
  });
});

test.each([
  [0, '2 accounts, 0 tenants, 2 waves'],
  [1, '1 tenant needs a look'],
  [3, '2 of 3 tenants need a look'],
])('an organization of %i tenants: %s', (tenants, finding) => {
  const models = modelsOf({ tenants });
  expect(organizationFinding(organizationIn(models), organizationRows(models))).toBe(finding);
  expect(sizeText(organizationIn(models))).toContain(`${tenants} tenant`);
});
