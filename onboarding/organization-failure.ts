import { organizationReadActions } from './read-organization.ts';

/** Why an organization could not be read, and what to set; undefined for failures that are nobody's setting. */
export function organizationFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const actions = organizationReadActions.join(', ');
  switch (error.name) {
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return [
        `found no AWS credentials (${firstLine(error)})`,
        'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to a role of the management account or of a delegated administrator',
        `it needs ${actions}, and nothing else`,
      ].join('\n');
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return `AWS does not accept the credentials (${firstLine(error)})\nsign in again, or set AWS_PROFILE to another profile`;
    case 'AccessDeniedException':
      return `the credentials may not read the organization (${firstLine(error)})\nthey need ${actions}, in the management account or as a delegated administrator`;
    case 'AWSOrganizationsNotInUseException':
      return 'the account of these credentials is in no organization: set AWS_PROFILE to an account of the one that platform.yaml names';
    case 'TooManyRequestsException':
      return 'AWS Organizations throttled every attempt: wait a minute and try again';
    default:
      return isConnectionFailure(error)
        ? `AWS Organizations cannot be reached (${firstLine(error)}): check the network, and AWS_ENDPOINT_URL if it is set`
        : undefined;
  }
}

const firstLine = ({ name, message }: Error): string => message.split('\n')[0] ?? name;

function isConnectionFailure(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return error.name === 'TimeoutError' || /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code);
}
