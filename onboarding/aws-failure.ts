/** A command's use of AWS, for the sentences about why it failed. */
export interface AwsErrand {
  /** For example `AWS Organizations`. */
  readonly service: string;
  /** Whose credentials it needs, for example `a role of the management account`. */
  readonly credentials: string;
  /** The actions that it needs. */
  readonly actions: string;
}

/** Why AWS could not be asked, and what to set; undefined for failures that are nobody's setting. */
export function awsFailure(error: unknown, { service, credentials, actions }: AwsErrand): string | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return [
        `found no AWS credentials (${firstLine(error)})`,
        `set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to ${credentials}`,
        `it needs ${actions}, and nothing else`,
      ].join('\n');
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return `AWS does not accept the credentials (${firstLine(error)})\nsign in again, or set AWS_PROFILE to another profile`;
    default:
      return isConnectionFailure(error)
        ? `${service} cannot be reached (${firstLine(error)}): check the network, and AWS_ENDPOINT_URL if it is set`
        : undefined;
  }
}

export const firstLine = ({ name, message }: Error): string => message.split('\n')[0] ?? name;

export function isConnectionFailure(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return error.name === 'TimeoutError' || /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code);
}
