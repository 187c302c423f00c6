import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';
import { failingAws } from './failing-aws.ts';
import { servedStackSets } from './served-stack-sets.ts';

const [tooling, monitoring, stranger] = ['111111111111', '222222222222', '888888888888'];
const workloads = ['333333333333', '444444444444', '555555555555', '666666666666'];
const sink = 'arn:aws:oam:us-east-1:222222222222:sink/a';
const run = promisify(execFile);
const hasAws = spawnSync('aws', ['--version']).status === 0;

/** Runs the script that is printed for these accounts, all if none is named. */
async function deployed(url: string, accounts: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const printed = await crosswind('baseline', '--file', platformFile, ...accounts, '--stack-sets');
  const script = join(temporaryDirectory(), 'stack-sets.sh');
  writeFileSync(script, printed.stdout);
  const env = {
    ...{ ...process.env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: url },
    ...{ UNITS: 'ou-sim1-00000000,ou-sim1-00000001', SINK_ARN_OF_us_east_1: sink, POLL_SECONDS: '0', ...variables },
  };
  return run('bash', [script], { env });
}

describe.skipIf(!hasAws)('the script of the StackSets', { timeout: 600_000 }, () => {
  test('deploys to workload accounts alone, goes on after failures, and reaches accounts that came later', async () => {
    const units = {
      'ou-sim1-00000000': [tooling, '444444444444', stranger],
      'ou-sim1-00000001': ['333333333333', monitoring],
    };
    const served = await servedStackSets(units);
    const { url, stacks, changes, broken } = served;
    // The StackSet is there, but no stack of it.
    const cut = deployed(url, ['word-child-dev'], failingAws(4));
    await expect(cut).rejects.toMatchObject({ stderr: 'connection lost\n' });
    expect(changes.splice(0)).toEqual(['CreateStackSet']);

    broken.add('444444444444');
    await expect(deployed(url, ['word-child-dev', 'word-parent-dev', 'word-parent-prod'])).rejects.toMatchObject({
      stdout: expect.stringMatching(/: SUCCEEDED\n.*: FAILED\n$/) as unknown,
      stderr:
        '444444444444\tus-east-1\trole exists\ncrosswind-baseline-us-east-1: 555555555555 got no stack: expected accounts of the units ou-sim1-00000000,ou-sim1-00000001; correct UNITS, or move them\n',
    });
    expect(Object.fromEntries(stacks)).toEqual({ '444444444444': 'OUTDATED', '333333333333': 'CURRENT' });

    broken.clear();
    units['ou-sim1-00000001'].push('555555555555', '666666666666');
    changes.splice(0);
    // Somebody else has begun an operation.
    served.begin(2);
    const { stdout } = await deployed(url, []);
    expect(stdout).toContain('the baseline of workload accounts is deployed');
    expect(changes).toEqual(['UpdateStackSet', 'CreateStackInstances 555555555555 666666666666']);
    expect([...stacks.keys()].toSorted()).toEqual(workloads);
    expect(new Set(stacks.values())).toEqual(new Set(['CURRENT']));

    changes.splice(0);
    await deployed(url, []);
    expect(changes).toEqual(['UpdateStackSet']);
  });

  test('asks for the units and the sink before it changes anything', async () => {
    const { url, changes } = await servedStackSets({});
    for (const [name, message] of [
      ['UNITS', /UNITS: set UNITS to the ids/],
      ['SINK_ARN_OF_us_east_1', /set it to the output SinkArn of the monitoring account in us-east-1/],
    ] as const) {
      await expect(deployed(url, [], { [name]: '' })).rejects.toMatchObject({
        stderr: expect.stringMatching(message) as unknown,
      });
    }
    expect(changes).toEqual([]);
  });
});
