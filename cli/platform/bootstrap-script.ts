import type { Bootstrap } from '../../onboarding/bootstrap.ts';

/** The bootstrap as a shell script that a person reads before running it account by account. */
export function bootstrapScript({ policies, accounts }: Bootstrap): readonly string[] {
  return [
    '# Run the block of one account at a time, each with administrator credentials of that account.',
    '# Where the policy exists already, write a new version instead:',
    '#   aws iam create-policy-version --set-as-default --policy-arn … --policy-document file://…',
    ...policies.flatMap(({ file, document }) => [
      '',
      `cat > ${file} <<'JSON'`,
      ...JSON.stringify(document, null, 2).split('\n'),
      'JSON',
    ]),
    ...accounts.flatMap(({ account, id, kind, commands }) => ['', `# ${account} ${id} (${kind})`, ...commands]),
  ];
}
