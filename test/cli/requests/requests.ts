/** An edit of a file: the text that it has, and the text in its place. */
export type Edit = readonly [file: string, before: string, after: string];

/** A pull request. */
export interface Request {
  readonly edits: readonly Edit[];
  /**
   * Job that judges it.
   *
   * @default 'check'
   */
  readonly by?: 'check' | 'plan';
}

/** A pull request that must not be merged. */
export interface WrongRequest extends Request {
  /** Id of the finding that rejects it, the place in a file that cannot be read, or the heading of the plan. */
  readonly id: string;
  /** Words of the fix. */
  readonly fix: string;
  /** True if the platform cannot be read: no code of a workload runs then. */
  readonly isUnreadable?: boolean;
}

const workload = 'services/word-count/workload.ts';
const child = 'services/word-count/child-workflow.ts';
const waivers = 'services/word-count/waivers.yaml';
const targetRole = 'blocks/workflow/target-role.ts';
const publicRule = 'policies/rules/resource-is-not-public.ts';

/** Code in the stage of the child, before its workflow. */
const inStage = (code: string): Edit => [
  workload,
  '      const logRetention = retention(settings);\n',
  `      const logRetention = retention(settings);\n      ${code}\n`,
];

const importing = (names: string, module: string): Edit => [
  workload,
  'import { RetentionDays }',
  `import { ${names} } from 'aws-cdk-lib/${module}';\nimport { RetentionDays }`,
];

const publicBucket: readonly Edit[] = [
  [
    child,
    '    super(scope, id);\n',
    "    super(scope, id);\n    this.source.addToResourcePolicy(\n      new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:GetObject'], resources: ['*'] }),\n    );\n",
  ],
  [
    child,
    'import type { RetentionDays }',
    "import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';\nimport type { RetentionDays }",
  ],
];

const alarm = (namespace: string, metricName: string): readonly Edit[] => [
  importing('Alarm, Metric', 'aws-cloudwatch'),
  inStage(
    `const metric = new Metric({ namespace: '${namespace}', metricName: '${metricName}' });\n      new Alarm(scope, 'Mute', { metric, threshold: 1, evaluationPeriods: 1 });`,
  ),
];

const deletion: Edit = [child, "this.bucket('Results')", "this.bucket('Sums')"];

/** An allowance that holds until tomorrow. */
const allowance = `allowances:
  - resource: Crosswind/dev-word-count/Child/Child/Results/Resource
    reason: the sums of an example, which a run makes again
    until: '${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}'
`;

const allowedDeletion: readonly Edit[] = [deletion, ['platform.yaml', 'organization:', `${allowance}organization:`]];

/** The wrong requests by what is wrong with them. Each is the smallest change that a person would make. */
export const wrongRequests: Readonly<Record<string, WrongRequest>> = {
  'an account id of eleven digits': {
    edits: [['platform.yaml', "'444444444444'", "'44444444444'"]],
    id: 'platform.yaml:33:9',
    isUnreadable: true,
    fix: 'expected 12 digits in quotes; write all of them',
  },
  'an external id that Step Functions does not send': {
    edits: [
      [
        targetRole,
        "'sts:ExternalId': stateMachineArn(address, caller)",
        "'sts:ExternalId': callerRoleArn(address, caller)",
      ],
    ],
    id: 'REACH-1',
    fix: 'Add to the trust policy of ',
  },
  'a wildcard': {
    edits: [
      [
        child,
        "sum.allow(['s3:PutObject'], [this.results.arnForObjects('executions/*')]);",
        "sum.allow(['s3:*'], ['*']);",
      ],
    ],
    id: 'ACCESS-1',
    fix: 'List the actions that are needed in `Action`, and their ARNs in `Resource`.',
  },
  'a target role without describe': {
    edits: [[targetRole, "'states:DescribeExecution', ", '']],
    id: 'REACH-1',
    fix: '"Action":"states:DescribeExecution"',
  },
  'an unbounded retry': {
    edits: [[child, 'maxAttempts: 8', 'maxAttempts: 99_999_999']],
    id: 'WORKFLOW-2',
    fix: 'Lower `maxAttempts`, or set `maxDelay`',
  },
  'a public bucket': { edits: publicBucket, id: 'PUBLIC-1', fix: 'Name the principals, or add a condition' },
  'an alarm without action': {
    edits: alarm('AWS/Lambda', 'Errors'),
    id: 'OBS-2',
    fix: 'add `alarm.addAlarmAction(new SnsAction(topics.ticket))`',
  },
  'two roles of one name': {
    edits: [
      importing('Role, ServicePrincipal', 'aws-iam'),
      inStage(
        "for (const id of ['One', 'Other']) {\n        new Role(scope, id, { roleName: 'crosswind-reader', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });\n      }",
      ),
    ],
    id: 'NAME-1',
    fix: 'Give one of them another name, or leave the name out',
  },
  'an alarm on a metric that nobody emits': {
    edits: alarm('Letters', 'Lost'),
    id: 'OBS-5',
    fix: 'let a function that emits an own metric say so (`emits`)',
  },
  'a waiver that has expired': {
    edits: [[waivers, 'owner: letters-team\n    reviewAt: 1.0.0', "owner: letters-team\n    until: '2026-01-31'"]],
    id: 'WAIVER-2',
    fix: 'Ask letters-team: fix what it accepts',
  },
  'a secret in an environment variable': {
    edits: [
      [
        child,
        'RESULTS_BUCKET: this.results.bucketName',
        "RESULTS_BUCKET: this.results.bucketName, ACCESS_KEY: 'AKIAQWERTYUIOPASDFGH'",
      ],
    ],
    id: 'SECRET-1',
    fix: 'Keep the new one in Secrets Manager',
  },
  'a rule that is weakened together with what it forbids': {
    edits: [...publicBucket, [publicRule, 'check: (', 'check: () => [], unused: (']],
    id: 'PUBLIC-1',
    fix: 'merge the change of the rule first, alone, with the approval of its owners',
  },
  'a rule whose severity is lowered together with what it forbids': {
    edits: [...publicBucket, [publicRule, "severity: 'error'", "severity: 'warning'"]],
    id: 'PUBLIC-1',
    fix: 'merge the change of the rule first, alone, with the approval of its owners',
  },
  'a policy without a class': {
    edits: [
      importing('CfnResource', 'core'),
      inStage(
        "new CfnResource(scope, 'Raw', {\n        type: 'AWS::IAM::ManagedPolicy',\n        properties: { PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },\n      });",
      ),
    ],
    id: 'ACCESS-1',
    fix: 'List the actions that are needed in `Action`, and their ARNs in `Resource`.',
  },
  'a trust without condition': {
    edits: [
      importing('AccountPrincipal, Role', 'aws-iam'),
      inStage("new Role(scope, 'Trusting', { assumedBy: new AccountPrincipal('888888888888') });"),
    ],
    id: 'TRUST-1',
    fix: 'Add a condition: StringEquals on sts:ExternalId',
  },
  'roles whose boundary is removed': {
    edits: [
      [
        'pipeline/add-platform.ts',
        '  app.node.setContext(PERMISSIONS_BOUNDARY_CONTEXT_KEY, { name: guardNames.boundary });\n',
        '',
      ],
    ],
    id: 'ACCESS-5',
    fix: 'Leave `permissionsBoundary` to the app',
  },
  'a data bucket deleted, by the check': {
    edits: [deletion],
    id: 'DATA-1',
    fix: "add to `allowances` of platform.yaml, with the reason: - { resource: 'Crosswind/dev-word-count/Child/Child/Results/Resource'",
  },
  'a data bucket deleted together with what calls it data': {
    edits: [deletion, ['cli/plan/stop/data-types.ts', "  'AWS::S3::Bucket': data('objects'),\n", '']],
    id: 'DATA-1',
    fix: 'merge the change of the rule first, alone, with the approval of its owners',
  },
  'a data bucket deleted': {
    edits: [deletion],
    by: 'plan',
    id: 'Stop\n  Deleted: AWS::S3::Bucket Crosswind/dev-word-count/Child/Child/Results in child-dev',
    fix: "To allow it, add to platform.yaml:\n      allowances:\n        - resource: 'Crosswind/dev-word-count/Child/Child/Results/Resource'",
  },
};

/** Requests that may be merged. */
export const acceptedRequests: Readonly<Record<string, Request>> = {
  'edits of the same places without a fault': {
    edits: [
      ['platform.yaml', "'444444444444'", "'777777777777'"],
      [child, 'maxAttempts: 8', 'maxAttempts: 9'],
      [child, 'RESULTS_BUCKET: this.results.bucketName', "RESULTS_BUCKET: this.results.bucketName, MODE: 'fast'"],
      [waivers, 'owner: letters-team\n    reviewAt: 1.0.0', "owner: letters-team\n    until: '2999-12-31'"],
      [targetRole, ' poll and stop the ', ' describe and stop the '],
      [publicRule, 'is everybody with an AWS account', 'is everybody who has an AWS account'],
    ],
  },
  'a data bucket deleted, which platform.yaml allows': { edits: allowedDeletion, by: 'plan' },
  'a data bucket deleted, which platform.yaml allows, by the check': { edits: allowedDeletion },
};
