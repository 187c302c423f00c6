import type { Guarded, GuardPolicy } from './guarded.ts';

/** Services that resource control policies know and the platform uses ("Resource control policies"). */
const storage = ['dynamodb:*', 'kms:*', 's3:*', 'sqs:*'];

/**
 * Resource control policy of all accounts: whatever a trust, bucket, key or queue policy says, principals of the
 * organization alone use them, and services act for the organization alone. No boundary and no service control policy
 * looks into what a trust policy says.
 */
export const resourceControlPolicy = ({ organizationId }: Guarded): GuardPolicy => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OnlyTheOrganization',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sts:AssumeRole', ...storage],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
    {
      Sid: 'ServicesActForTheOrganization',
      Effect: 'Deny',
      Principal: '*',
      Action: storage,
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    },
  ],
});
