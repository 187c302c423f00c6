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
        '`managementAccount` names the account of the organization whose callers and resources no policy of the organization touches.',
        'A policy is a document, its text, {"name": …, "document": …} or the ARN of an AWS managed policy. One policy: `resource`, `trust` (asked for',
        'sts: actions in place of `resource`), `boundary`. A list of policies: `identity`, `session`. A list of levels, each a list of policies, from the',
        "root of the organization to the account: `scps` (service control policies above the caller's account) and `rcps` (resource control policies above",
        'the account of the resource; each level has RCPFullAWSAccess). In a list of `scps` without inner lists, each document is a level, but one that',
        'only denies counts with the first level.',
        '',
        'Example of a file of cases:',
        JSON.stringify(example, null, 2),
        '',
        'The report: [{"name": …, "decision": "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "Undecidable", "reasons": […]}]',
        '',
        'Exit codes: 0 report written, whatever was decided; 1 the file is wrong, each problem as file:line:column, or the',
        'report cannot be written.',
      ].join('\n'),
    )
    .action((options: IamOptions) => decideCases(io, options));
}

async function decideCases({ stdout, stderr }: Io, { cases: file, report }: IamOptions): Promise<void> {
  const cases = await readCaseFile(file, readCases);
  const judgements = cases.map(judge);
  await writeFileOf('--report', report, jsonText(judgements));
  const joined = cases.flatMap((each) => each.joined);
  if (joined.length > 0) stderr.write(`${joinedNote(joined)}\n`);
  stdout.write(`${summary(judgements)}, written to ${report}\n`);
}

/** Note on documents that a reader may take for levels of an organization. */
function joinedNote([first = '', ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `note: ${first}${more}: a document that only denies counts with the first level; write a list of policies per level, [[…], …], for levels`;
}

function summary(judgements: readonly Judgement[]): string {
  const counts = new Map<string, number>();
  for (const { decision } of judgements) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  return [`${judgements.length} cases`, ...[...counts].map(([decision, count]) => `${count} ${decision}`)].join(', ');
}
