import { describe, expect, test } from 'vitest';
import { crossAccountStarts } from '@crosswind/assembly/cross-account-starts';
import { type Json, type JsonObject, objectOf } from '@crosswind/aws/json';
import { crossAccountStartFindings } from '../../../policies/reach/cross-account-start.ts';
import { synthesized } from '../../synthesized.ts';
import { type Rewrite, development, withStatements, withText } from './altered.ts';

const parentRole = 'arn:aws:iam::333333333333:role/crosswind-word-count-parent';
const targetRole = 'arn:aws:iam::444444444444:role/crosswind-word-count-target';
const parent = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';
const child = 'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-word-count-child';
const execution = 'arn:aws:states:us-east-1:444444444444:execution:crosswind-word-count-child:crosswind-any-name';
const executions = execution.replace(/[^:]+$/, '*');

describe('the real platform', () => {
  test('has one parent per wave that starts its child in another account and waits for it', () => {
    const starts = crossAccountStarts(synthesized().stacks);
    expect(starts.map(({ parent: { account }, childArn, waits }) => [account, childArn, waits])).toEqual([
      ['333333333333', child, true],
      ['555555555555', child.replace('444444444444', '666666666666'), true],
    ]);
  });

  test('lets each parent start, poll and stop its child, and nothing else', () => {
    expect(crossAccountStartFindings(synthesized().stacks)).toEqual([]);
  });
});

const allow = (action: Json, resource: Json): JsonObject => ({ Effect: 'Allow', Action: action, Resource: resource });
const start = allow('states:StartExecution', child);
const watch = allow(['states:DescribeExecution', 'states:StopExecution'], executions);
const plus =
  (statement: JsonObject): Rewrite =>
  (all) => [...all, statement];
const each =
  (change: JsonObject): Rewrite =>
  (all) =>
    all.map((statement) => ({ ...statement, ...change }));
const conditions =
  (change: (condition: JsonObject) => JsonObject): Rewrite =>
  (all) =>
    all.map((statement) => ({ ...statement, Condition: change(objectOf(statement['Condition'])) }));

const lacks = (action: string, resource: string): string =>
  `role ${targetRole} lacks ${action} on ${resource} of account`;
const cannotAssume = `role ${parentRole} lacks sts:AssumeRole on ${targetRole} of account 444444444444`;
const needless = (role: string, action: string, resource: string): string =>
  `${role} allows ${action} on ${resource}, which no start needs`;

const inParentsAccount = executions.replace('444444444444', '333333333333');
const elsewhere = child.replace('us-east-1', 'eu-west-1');

describe('the proof finds', () => {
  const ofTarget = (rewrite: Rewrite) => () => withStatements('policy of the target role', rewrite);
  const ofParent = (rewrite: Rewrite) => () => withStatements('policy of the parent role', rewrite);
  const trust = (rewrite: Rewrite) => () => withStatements('trust of the target role', rewrite);
  const machine = (text: string, replacement: string) => () =>
    withText('AWS::StepFunctions::StateMachine', /\/Parent\/Parent\//, text, replacement);

  test.each([
    ['a child that may not be started', ofTarget(() => [watch]), [lacks('states:StartExecution', child)]],
    [
      'a child that may not be described',
      ofTarget(() => [start, { ...watch, Action: 'states:StopExecution' }]),
      [lacks('states:DescribeExecution', execution)],
    ],
    [
      'a child that is described depending on what nobody knows',
      ofTarget(() => [start, { ...watch, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }]),
      [
        `whether role ${targetRole} may states:DescribeExecution on ${execution} of account 444444444444 cannot be decided`,
        `whether role ${targetRole} may states:StopExecution on ${execution} of account 444444444444 cannot be decided`,
      ],
    ],
    [
      'a child that may not be stopped',
      ofTarget(() => [start, { ...watch, Action: 'states:DescribeExecution' }]),
      [lacks('states:StopExecution', execution)],
    ],
    [
      'all three actions on the state machine, which is no execution',
      ofTarget(() => [start, { ...watch, Resource: child }]),
      [lacks('states:DescribeExecution', execution), lacks('states:StopExecution', execution)],
    ],
    [
      'a start that is allowed on executions',
      ofTarget(() => [{ ...start, Resource: executions }, watch]),
      [lacks('states:StartExecution', child)],
    ],
    [
      "executions of the parent's account",
      ofTarget(() => [start, { ...watch, Resource: inParentsAccount }]),
      [
        `${lacks('states:DescribeExecution', execution)} 444444444444: statement 2 of policy TargetDefaultPolicyE0F6CF27 of role crosswind-word-count-target allows states:DescribeExecution only on "${inParentsAccount}" of account 333333333333`,
        lacks('states:StopExecution', execution),
        needless(targetRole, 'states:DescribeExecution', inParentsAccount),
        needless(targetRole, 'states:StopExecution', inParentsAccount),
      ],
    ],
    [
      'a machine of another region',
      ofTarget(() => [{ ...start, Resource: elsewhere }, watch]),
      [lacks('states:StartExecution', child), needless(targetRole, 'states:StartExecution', elsewhere)],
    ],
    [
      'a child that the parent calls by another name',
      machine('count-child', 'count-kid'),
      [`no stack defines the child ${child.replace(/child$/, 'kid')}`],
    ],
    [
      'a target role that the parent calls by another name',
      machine('-target', '-door'),
      [`no stack defines the target role ${targetRole.replace(/target$/, 'door')}`],
    ],
    [
      'a parent that runs as a role of nowhere',
      machine(parentRole, `${parentRole}-2`),
      [`no stack defines the parent's role ${parentRole}-2`],
    ],
    ['a parent that may not assume the role', ofParent((all) => all.slice(1)), [cannotAssume]],
    [
      'a parent that may assume another role',
      ofParent(([, telemetry = {}]) => [allow('sts:AssumeRole', `${targetRole}-2`), telemetry]),
      [cannotAssume, needless(parentRole, 'sts:AssumeRole', `${targetRole}-2`)],
    ],
    [
      'a deny over what is allowed',
      ofTarget(plus({ ...start, Effect: 'Deny' })),
      ['is explicitly denied states:StartExecution'],
    ],
    [
      'a target role that allows every action of a service',
      ofTarget(plus(allow('states:*', child))),
      [needless(targetRole, 'states:*', child)],
    ],
    [
      'a target role that allows everything on anything',
      ofTarget(plus(allow('*', '*'))),
      [needless(targetRole, '*', '*')],
    ],
    [
      'a target role that allows to start every machine',
      ofTarget(plus(allow('states:StartExecution', '*'))),
      [needless(targetRole, 'states:StartExecution', '*')],
    ],
    [
      'a target role that allows all but some actions',
      ofTarget(plus({ Effect: 'Allow', NotAction: 'iam:*', NotResource: child })),
      [needless(targetRole, 'everything but some actions', 'everything but some resources')],
    ],
    [
      'a parent role that reads objects',
      ofParent(plus(allow('s3:GetObject', 'arn:aws:s3:::x/*'))),
      [needless(parentRole, 's3:GetObject', 'arn:aws:s3:::x/*')],
    ],
    [
      'a parent role that assumes any role',
      ofParent(plus(allow('sts:AssumeRole', '*'))),
      [needless(parentRole, 'sts:AssumeRole', '*')],
    ],
    [
      'a trust that every role of the parent account passes',
      trust(conditions(({ StringEquals = {} }) => ({ StringEquals }))),
      [`${targetRole} trusts every role of account 333333333333, not only ${parentRole}`],
    ],
    [
      'a trust that asks for no external id',
      trust(conditions(({ ArnEquals = {} }) => ({ ArnEquals }))),
      [`${targetRole} does not require sts:ExternalId to be ${parent}`],
    ],
    [
      'a trust that asks for another external id',
      trust(conditions((condition) => ({ ...condition, StringEquals: { 'sts:ExternalId': 'secret' } }))),
      [`only if StringEquals sts:ExternalId "secret" (got "${parent}")`],
    ],
    [
      'a trust that admits another role',
      trust(conditions((condition) => ({ ...condition, ArnEquals: { 'aws:PrincipalArn': `${parentRole}-2` } }))),
      [`only if ArnEquals aws:PrincipalArn "${parentRole}-2" (got "${parentRole}")`],
    ],
    [
      'a trust of another account instead',
      trust(each({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } })),
      [
        'names arn:aws:iam::999999999999:root, not',
        `${targetRole} trusts arn:aws:iam::999999999999:root, which no start needs`,
      ],
    ],
    [
      'a trust of another account as well',
      trust(
        plus({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ['arn:aws:iam::999999999999:root'] } }),
      ),
      [`${targetRole} trusts arn:aws:iam::999999999999:root, which no start needs`],
    ],
    ['a trust of everyone', trust(each({ Principal: '*' })), [`${targetRole} trusts *, which no start needs`]],
    [
      'a parent role that someone else may assume',
      () =>
        withStatements(
          'trust of the parent role',
          plus({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }),
        ),
      [`${parentRole} trusts ec2.amazonaws.com, which no start needs`],
    ],
  ])('%s', (_, stacks, expected) => {
    const findings = crossAccountStartFindings(stacks()).map(({ parent: of, message }) => ({ parent: of, message }));
    expect(findings).toEqual(expected.map((text) => ({ parent, message: expect.stringContaining(text) as string })));
  });

  test('no more than what was changed: the accounts as they are have no finding', () => {
    expect(crossAccountStartFindings(development())).toEqual([]);
  });
});

test('a parent that does not wait needs neither describe nor stop', () => {
  const once = withText(
    'AWS::StepFunctions::StateMachine',
    /\/Parent\/Parent\//,
    'startExecution.sync:2',
    'startExecution',
  );
  const target = withStatements('policy of the target role', () => [start]);
  const stacks = once.map((stack, index) => (stack.path.endsWith('/Parent') ? stack : (target[index] ?? stack)));
  expect(crossAccountStartFindings(stacks)).toEqual([]);
  expect(crossAccountStartFindings(target)).toHaveLength(2);
});
