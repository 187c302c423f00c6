import { inject, describe, expect, test } from 'vitest';
import type { WhyReport } from '../../../cli/reach/why-call.ts';
import type { Answers } from '../../../policies/reach/ask.ts';
import type { NewAccess } from '../../../policies/reach/new-access-types.ts';
import { platformFile } from '../../platform-file.ts';
import { crosswind } from '../crosswind.ts';
import { changed } from './changed-assembly.ts';

const reach = (assembly: string, ...args: readonly string[]) =>
  crosswind('reach', '--file', platformFile, '--assembly', assembly, ...args);
const onExample = (...args: readonly string[]) => reach(inject('assembly'), ...args);

const probe = 'arn:aws:iam::333333333333:role/crosswind-probe';
const probed = 'arn:aws:iam::444444444444:role/crosswind-word-count-probe';

describe('crosswind reach --why', () => {
  test('names the planned calls, who makes them, and the statements that allow them', async () => {
    const { code, stdout } = await onExample('--why', 'sts:AssumeRole', probed);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^ALLOWED ${probe}: sts:AssumeRole on ${probed}\\n {3}allowed by statement .* of policy .*\\n {3}called by Crosswind/probes-.*, code$`,
        'm',
      ),
    );
    expect(stdout).toMatch(/^1 planned call of sts:AssumeRole on /m);
  });

  test('names what denies a call, and the statement that fixes it', async () => {
    const without = changed(['states:DescribeExecution', 'states:DescribeMapRun']);
    const { code, stdout } = await reach(
      without,
      '--why',
      'states:DescribeExecution',
      'arn:aws:states:us-east-1:444444444444:*',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^DENIED .*\n {3}.* lacks states:DescribeExecution .*\n {3}called by .*\n {3}fix: add to the /m,
    );
  });

  test('says that nobody calls, and how to ask who could', async () => {
    const { code, stdout } = await onExample('--why', 's3:GetObject', 'arn:aws:s3:::nobodys/key');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'no planned call asks for s3:GetObject on arn:aws:s3:::nobodys/key; who could anyway: npx crosswind reach --ask s3:GetObject arn:aws:s3:::nobodys/key\n',
    });
  });

  test('prints them as JSON, for every role of a pattern', async () => {
    const { stdout } = await onExample('--why', 'sts:assumerole', 'arn:aws:iam::*:role/crosswind-*-probe', '--json');
    const { calls } = JSON.parse(stdout) as WhyReport;
    expect(calls.length).toBeGreaterThan(1);
    expect(calls).toContainEqual(expect.objectContaining({ principal: probe, resource: probed }));
  });
});

describe('crosswind reach --ask', () => {
  test('says who can, with which request, and who cannot, to what was asked', async () => {
    const { code, stdout } = await onExample('--ask', 'sts:AssumeRole', probed);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^yes with this request: ${probe}\\n {3}request: as AWS sends it, without further keys\\n {3}allowed by `,
        'm',
      ),
    );
    expect(stdout).toMatch(/^no: \d+ principals\n {3}asked: .*\n(.*\n)* {3}everyone\n/m);
    expect(stdout).toMatch(/^ {3}\d+ more; --json has all, /m);
  });

  test.each<[string, RegExp]>([
    [
      '333333333333',
      /^yes with this request: account 333333333333\n {3}request: aws:PrincipalArn = .*role\/crosswind-probe\n/m,
    ],
    ['222222222222', /^no: account 222222222222\n {3}asked: /m],
    ['999999999999', /^no: everyone\n {3}asked: /m],
    ['*', /^no: everyone\n {3}asked: /m],
    ['lambda.amazonaws.com', /^no: lambda\.amazonaws\.com\n {3}asked: /m],
  ])('is about %s alone', async (as, expected) => {
    const { code, stdout } = await onExample('--ask', 'sts:AssumeRole', probed, '--as', as);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  test('does not know what another owner allows', async () => {
    const { stdout } = await onExample(
      '--ask',
      'sqs:SendMessage',
      'arn:aws:sqs:us-east-1:999999999999:q',
      '--as',
      '111111111111',
    );
    expect(stdout).toContain('   no stack makes this resource: a policy that it has is not known here\n');
    expect(stdout).toMatch(/^undecidable: account 111111111111\n(.*\n)*.*what its owner allows is not known/m);
  });

  test('prints every question as JSON', async () => {
    const { stdout } = await onExample('--ask', 'sts:AssumeRole', probed, '--as', '333333333333', '--json');
    const { answers } = JSON.parse(stdout) as Answers;
    expect(answers.map(({ answer, questions }) => [answer, questions.map(({ decision }) => decision).sort()])).toEqual([
      ['yes with this request', expect.arrayContaining(['allowed', 'denied']) as string[]],
    ]);
  });
});

describe('crosswind reach --new-access', () => {
  test('finds nothing in a platform that is the same', async () => {
    const { code, stdout } = await onExample('--new-access', inject('assembly'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^new access: 0, called by nobody: 0; 0 roles renamed; 0 of \d+ in the matrix of trust changed\n$/,
    );
  });

  test('names what becomes possible, and whether a call needs it', async () => {
    const narrower = changed(['states:DescribeExecution', 'states:GetExecutionHistory']);
    const needed = await onExample('--new-access', narrower);
    expect(needed.code).toBe(0);
    expect(needed.stdout).toMatch(
      /^NEW arn:.*: states:DescribeExecution on arn:.*\n {3}for example states:DescribeExecution on arn:.*\n {3}allowed by policy .*\n {3}called by .*, state "/m,
    );
    const unneeded = await reach(narrower, '--new-access', inject('assembly'));
    expect(unneeded.stdout).toMatch(
      /^NEW .*states:GetExecutionHistory on .*\n.*\n.*\n {3}called by nobody: remove it$/m,
    );
  });

  test('names the change of trust, and prints all of the matrix as JSON', async () => {
    const open = changed([`"arn:aws:iam::333333333333:root"`, `"arn:aws:iam::222222222222:root"`]);
    const { stdout } = await reach(open, '--new-access', inject('assembly'));
    expect(stdout).toMatch(
      /^TRUST added: account 222222222222 to arn:aws:iam::444444444444:role\/crosswind-word-count-/m,
    );
    expect(stdout).toMatch(
      /^TRUST removed: account 333333333333 to arn:aws:iam::444444444444:role\/crosswind-word-count-/m,
    );
    const { trust } = JSON.parse((await onExample('--new-access', inject('assembly'), '--json')).stdout) as NewAccess;
    expect(trust).toContainEqual(
      expect.objectContaining({
        change: 'same',
        from: 'account 333333333333',
        fromKind: 'workload',
        toKind: 'workload',
      }),
    );
  });
});

test.each<[string, readonly string[], string]>([
  [
    'one value of two',
    ['--why', 's3:GetObject'],
    '--why takes an action and an ARN, got 1 value: s3:GetObject; write --why s3:GetObject arn:aws:s3:::bucket/key',
  ],
  [
    'three values',
    ['--ask', 's3:GetObject', 'arn:aws:s3:::b', 'arn:aws:s3:::c'],
    '--ask takes an action and an ARN, got 3 values: ',
  ],
  [
    'an action that no service has',
    ['--ask', 's3:FetchObject', 'arn:aws:s3:::b'],
    '--ask: the service authorization reference has no action "s3:FetchObject"',
  ],
  ['no ARN', ['--why', 's3:GetObject', 'bucket'], '--why: "bucket" is neither an ARN nor "*"'],
  [
    'a bucket where the action is on an object',
    ['--ask', 's3:GetObject', 'arn:aws:s3:::b'],
    '--ask: s3:GetObject is on ',
  ],
  [
    'the resource of another service',
    ['--ask', 'kms:Decrypt', 'arn:aws:s3:::b/key'],
    '--ask: kms:Decrypt is on arn:*:kms:*:*:key/*, got "arn:aws:s3:::b/key"',
  ],
  [
    'somebody who is no principal',
    ['--ask', 's3:GetObject', 'arn:aws:s3:::b/key', '--as', 'me'],
    '--as: "me" is no principal: write the ARN of a role',
  ],
  [
    'somebody without a question',
    ['--as', '*'],
    '--as says whom --ask is about: write --ask <action> <arn> --as <principal>',
  ],
  [
    'two questions',
    ['--why', 's3:GetObject', 'arn:aws:s3:::b', '--new-access', 'main'],
    "option '--why <values...>' cannot be used with option '--new-access <base>'",
  ],
  [
    'a base that is neither a directory nor a ref',
    ['--new-access', 'no-such-ref'],
    '--new-access no-such-ref is neither a cloud assembly',
  ],
])('crosswind reach refuses %s', async (_, args, expected) => {
  const { code, stdout, stderr } = await onExample(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(expected);
});
