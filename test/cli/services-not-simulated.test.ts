import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { integrationModelsOf } from '../../cli/local/deploy-platform.ts';
import { synthesize } from '../../cli/local/synthesize.ts';
import { deploymentToRun } from '../../cli/run/chosen-deployment.ts';
import { local } from '../services/orders/local.ts';
import { platformText, shippedPlatform } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';
import { commandLineOn } from './crosswind.ts';

const platformFile = join(temporaryDirectory(), 'platform.yaml');
writeFileSync(
  platformFile,
  `${platformText}  - name: orders
    workload: orders
    owner: orders-team
    waves:
      dev:
        desk: word-parent-dev
`,
);

const assembly = temporaryDirectory();
beforeAll(() => synthesize({ clone, file: platformFile, directory: assembly }));
const { startRun } = commandLineOn({ clone, platformFile, assembly: () => assembly });

const table = 'AWS can, the sandbox cannot: AWS::DynamoDB::GlobalTable Orders in 333333333333\n';
const rule =
  'AWS can, the sandbox cannot: AWS::Events::Rule Nightly in 333333333333: the sandbox starts no rule by a schedule\n';
const message = 'the sandbox does not support the integration arn:aws:states:::sqs:sendMessage\n';

test('models of integrations are those of the tenant that is run, in each of its waves', () => {
  const chosen = deploymentToRun(shippedPlatform, {});
  if (!chosen) throw new Error('nothing is deployed');
  const modelsOf = integrationModelsOf({ ...chosen, local });
  expect(modelsOf('Crosswind/dev-word-count/Child/Workflow/Resource')).toBe(local.integrations);
  expect(modelsOf('Crosswind/dev-orders/Desk/Workflow/Resource')).toEqual({});
  expect(modelsOf('Crosswind/prod-word-count/Child/Workflow/Resource')).toBe(local.integrations);
});

describe('a tenant with a table, a rule and a message to a queue', () => {
  test('lets the others run, and the output names the three', async () => {
    const { code, stderr, report } = await startRun('--objects', '20');
    expect(report).toMatchObject({ tenant: 'word-count', stages: [{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }] });
    for (const part of [table, rule, message]) expect(stderr).toContain(part);
    expect(code).toBe(0);
  });

  test('runs to the end with a model of the message', async () => {
    const { code, stderr, report } = await startRun('--tenant', 'orders');
    expect(report).toMatchObject({ stages: [{ name: 'desk', status: 'SUCCEEDED' }], decisions: { denied: [] } });
    expect(report.decisions.allowed).toMatchObject({ 'sqs:SendMessage': 1 });
    for (const part of [table, rule]) expect(stderr).toContain(part);
    expect(stderr).not.toContain(message);
    expect(code).toBe(0);
  });

  test('is denied where its role may not send, before the model is asked', async () => {
    const { code, stdout, report } = await startRun('--tenant', 'orders', '--break', 'send');
    expect(report).toMatchObject({ stages: [{ name: 'desk', status: 'FAILED' }] });
    expect(report.decisions.denied).toMatchObject([
      {
        action: 'sqs:SendMessage',
        resource: expect.stringMatching(/^arn:aws:sqs:us-east-1:333333333333:crosswind-orders-desk-/) as string,
        times: 1,
        mends: [{ statement: { Action: 'sqs:SendMessage' } }],
      },
    ]);
    expect(stdout).toContain('Sqs.AccessDeniedException');
    expect(code).toBe(2);
  });
});
