import { awsFailure, firstLine } from './aws-failure.ts';
import { organizationReadActions } from './read-organization.ts';

/** Why an organization could not be read, and what to set; undefined for failures that are nobody's setting. */
export function organizationFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const actions = organizationReadActions.join(', ');
  switch (error.name) {
    case 'AccessDeniedException':
      return `the credentials may not read the organization (${firstLine(error)})\nthey need ${actions}, in the management account or as a delegated administrator`;
    case 'AWSOrganizationsNotInUseException':
      return 'the account of these credentials is in no organization: set AWS_PROFILE to an account of the one that platform.yaml names';
    case 'TooManyRequestsException':
      return 'AWS Organizations throttled every attempt: wait a minute and try again';
    default:
      return awsFailure(error, {
        service: 'AWS Organizations',
        credentials: 'a role of the management account or of a delegated administrator',
        actions,
      });
  }
}
