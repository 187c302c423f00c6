import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { TemplateResource } from '@crosswind/assembly/template';
import type { Resources } from '@crosswind/sandbox/testing/literals';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { hasMoto, type MotoServer, startMoto } from '../moto-server.ts';
import { stackAt, synthesized } from '../synthesized.ts';
import { lifeOf, type Outcome } from './stacks-in.ts';

const region = 'us-east-1';

let moto: MotoServer;

/** A stack's way through a sandbox of its own, as an administrator of the account. */
async function inSandbox(account: string, templates: readonly object[]): Promise<readonly Outcome[]> {
  const { identities, sessions, endpointUrl: endpoint, close } = await openSandbox();
  onTestFinished(close);
  addAdminRole(identities, { account, partition: 'aws' });
  const roleArn = `arn:aws:iam::${account}:role/${adminRoleName}`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${adminRoleName}/person`;
  const credentials = sessions.credentials({ kind: 'role', roleArn, sessionArn, account });
  return lifeOf({ endpoint, region, credentials }, templates);
}

/** The same through moto, which has nothing else then. */
async function inMoto(account: string, templates: readonly object[]): Promise<readonly Outcome[]> {
  const { endpoint } = moto;
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  return lifeOf({ endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'test' } }, templates);
}

const parameter = (name: string, value: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
});

/** A stack's template, and the same with one resource more. */
function platformTemplates(path: string, change = (resource: TemplateResource) => resource) {
  const { account, template } = stackAt(synthesized().assembled, path);
  const Resources = Object.fromEntries(Object.entries(template.Resources).map(([id, each]) => [id, change(each)]));
  const wider = { ...template, Resources: { ...Resources, Added: parameter('/added', 'x') } };
  return { account, templates: [{ ...template, Resources }, wider] };
}

/**
 * moto 5.2.1 gives the tags of a template's key to its API of KMS, which expects `TagKey` and not `Key`: the request ends
 * with HTTP 500 and a page in HTML, and the client reports "XML parse error".
 */
const withoutTagsOfKey = (resource: TemplateResource): TemplateResource => {
  const { Tags, ...Properties } = resource.Properties ?? {};
  return resource.Type === 'AWS::KMS::Key' && Tags ? { ...resource, Properties } : resource;
};

const queue = (seconds: number): TemplateResource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { VisibilityTimeout: seconds },
});
const table = (key: string): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  },
});

const url: TemplateResource = {
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/url', Type: 'String', Value: { Ref: 'Letters' } },
};

interface SmallStack {
  readonly does: string;
  readonly before: Resources;
  readonly after: Resources;
  /** @default - none */
  readonly nameless?: readonly string[];
}

const unit = parameter('/unit', 'knots');

const small: readonly SmallStack[] = [
  { does: 'changes a property in place', before: { Letters: queue(30) }, after: { Letters: queue(60) } },
  { does: 'adds a resource', before: { Unit: unit }, after: { Unit: unit, Letters: queue(30) } },
  { does: 'removes a resource', before: { Unit: unit, Letters: queue(30) }, after: { Unit: unit } },
  { does: 'follows a reference', before: { Letters: queue(30), Url: url }, after: { Letters: queue(60), Url: url } },
  {
    does: 'replaces a resource',
    before: { Winds: table('id') },
    after: { Winds: table('key') },
    // moto forgets the logical id of a resource that it replaces.
    nameless: ['AWS::DynamoDB::Table'],
  },
];

/**
 * Expects the same statuses and resources.
 * @param nameless types that moto may list without type and logical id; it counts them
 */
function expectSame(ours: readonly Outcome[], motos: readonly Outcome[], nameless: readonly string[]): void {
  expect(ours.map(({ status }) => status)).toEqual(motos.map(({ status }) => status));
  motos.forEach(({ resources }, index) => {
    const all = ours[index]?.resources ?? [];
    const named = resources.filter((resource) => resource.trim() !== '');
    const rest = all.filter((resource) => !named.includes(resource));
    expect([...named, ...rest].sort()).toEqual(all);
    expect(all).toHaveLength(resources.length);
    expect(nameless).toEqual(expect.arrayContaining([...new Set(rest.map((resource) => resource.split(' ')[0]))]));
  });
}

describe.runIf(hasMoto)(
  `stacks of the sandbox and of ${hasMoto ? 'moto_server' : 'moto_server, which is not on this machine: skipped'}`,
  () => {
    beforeAll(async () => {
      moto = await startMoto();
    });
    afterAll(() => moto.close());

    const statuses = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'];

    // Stacks with alarms name the topics of another one, which is not there.
    test.each<[path: string, nameless: readonly string[]]>([
      ['Crosswind/dev-word-count/Parent', []],
      ['Crosswind/observability/Alerts', ['AWS::SNS::Subscription', 'AWS::SNS::TopicPolicy']],
      ['Crosswind', ['AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline', 'AWS::S3::BucketPolicy']],
    ])('%s of the platform: the same resources and statuses', async (path, nameless) => {
      const { account, templates } = platformTemplates(path, withoutTagsOfKey);
      const outcomes = await inSandbox(account, templates);
      expect(outcomes.map(({ status }) => status)).toEqual(statuses);
      expectSame(outcomes, await inMoto(account, templates), nameless);
    });

    test.each(small)('one that $does: the same resources and statuses', async ({ before, after, nameless = [] }) => {
      const templates = [{ Resources: before }, { Resources: after }];
      const outcomes = await inSandbox('444444444444', templates);
      expect(outcomes.map(({ status }) => status)).toEqual(statuses);
      expectSame(outcomes, await inMoto('444444444444', templates), nameless);
    });

    test('moto takes no function whose bucket of code is missing: it answers with an error that is no XML', async () => {
      const { account, templates } = platformTemplates('Crosswind/dev-word-count/Child', withoutTagsOfKey);
      await expect(inMoto(account, templates)).rejects.toThrow('XML parse error');
    });
  },
);
