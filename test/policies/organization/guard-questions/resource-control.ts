import { accounts, administrator, foreign, role, secondWorkload, service } from '../decided.ts';
import { type GuardQuestion, type Call, asked, here, open, object, table, queue, assumed } from './asked.ts';

const stored: readonly Call[] = [
  ['dynamodb:GetItem', table],
  ['kms:Decrypt', here('kms', 'key/1')],
  ['s3:PutObject', object],
  ['sqs:SendMessage', queue],
];
const ours = { of: accounts.workload, resource: open };
const logDelivery = service('logging.s3');
const sent = (account: string, organization: string) => ({
  'aws:SourceAccount': account,
  'aws:SourceOrgID': organization,
});

/** Questions to the resource control policy: what the policies of resources say makes no difference. */
export const ofResourceControl: Readonly<Record<string, readonly GuardQuestion[]>> = {
  'an account outside uses nothing': [
    ...asked(administrator('anybody', foreign), 'OnlyTheOrganization', stored, ours),
    ...asked(
      administrator('anybody', foreign),
      'OnlyTheOrganization',
      [['sts:AssumeRole', role('crosswind-a-target')]],
      assumed,
    ),
  ],
  'an account of the organization uses what is given to it': asked(
    administrator('anybody', secondWorkload),
    'allowed',
    stored,
    ours,
  ),
  'a service acts for our own accounts, for example delivers access logs': asked(logDelivery, 'allowed', stored, {
    ...ours,
    context: sent(accounts.workload, 'o-exampleorg1'),
  }),
  'a service that names no account is not stopped': asked(logDelivery, 'allowed', stored, ours),
  'a service does not act for an account for example deliver its access logs': asked(
    logDelivery,
    'ServicesActForTheOrganization',
    stored,
    { ...ours, context: sent(foreign, 'o-anotherorg1') },
  ),
};
