import { Command } from 'commander';
import { readCaseFile } from '../case-file.ts';
import type { Io } from '../io.ts';
import { judge, type Judgement } from '@crosswind/iam/cases/judge';
import { readCases } from '@crosswind/iam/cases/read-cases';
import { writeFileOf } from '../output-file.ts';
import { jsonText } from '../terminal.ts';

interface IamOptions {
  readonly cases: string;
  readonly report: string;
}

const example = [
  {
    name: 'a worker reads its bucket',
    request: {
      principal: 'arn:aws:sts::444455556666:assumed-role/worker/session',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::winds/2024.csv',
      context: { 'aws:SecureTransport': 'true' },
    },
    policies: {
      identity: [
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::winds/*' }],
        },
      ],
      scps: [],
    },
  },
];

/** `crosswind iam`: decides requests by policies as AWS would, without an account. */
export function iamCommand(io: Io): Command {
  return new Command('iam')
    .description('decide requests by their policies as AWS does, and say why')
    .requiredOption('--cases <file>', 'requests with their policies, as JSON')
    .requiredOption('--report <file>', 'where the decisions are written, as JSON')
    .addHelpText(
      'after',
      [
        '',
        'A case has a name, a request and policies; other keys are left alone. The principal is an ARN, a service such as states.amazonaws.com, or "*";',
        "`resourceAccount` is the account in the ARN of the resource, else the principal's, unless it is given.",
        '`managementAccount` names the account of the organization that service control policies do not touch.',
        'Policies are `identity`, `resource`, `trust` (asked for sts: actions in place of `resource`), `boundary`, `session`',
        'and `scps` (a level of the organization each, from the root on), as documents, their text or {"name": …, "document": …}.',
        '',
        'Example of a file of cases:',
        JSON.stringify(example, null, 2),
        '',
        'The report: [{"name": …, "decision": "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "Undecidable", "reasons": […]}]',
        '',
        'Exit codes: 0 report written, whatever was decided; 1 the file is wrong, each problem as file:line:column.',
      ].join('\n'),
    )
    .action((options: IamOptions) => decideCases(io, options));
}

async function decideCases({ stdout }: Io, { cases: file, report }: IamOptions): Promise<void> {
  const cases = await readCaseFile(file, readCases);
  const judgements = cases.map(judge);
  await writeFileOf('--report', report, jsonText(judgements));
  stdout.write(`${summary(judgements)}, written to ${report}\n`);
}

function summary(judgements: readonly Judgement[]): string {
  const counts = new Map<string, number>();
  for (const { decision } of judgements) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  return [`${judgements.length} cases`, ...[...counts].map(([decision, count]) => `${count} ${decision}`)].join(', ');
}
