/**
 * Text in which each ARN is the name of its resource and its account, as a person reads it: `role target of 444444444444`.
 * The ARN of an object or a bucket stays, because it has no account.
 */
export const shortArns = (text: string): string =>
  text
    .replace(
      /(?:\b(?:role|user) )?arn:[\w-]+:(\w+):[\w-]*:(\d{12}):([\w+=,.@/:*-]*[\w*])/g,
      (_, service: string, account: string, resource: string) => `${named(service, resource)} of ${account}`,
    )
    .replace(/( of (\d{12})) of account \2/g, '$1');

function named(service: string, resource: string): string {
  if (service === 'iam' || service === 'sts') {
    const [kind = '', ...path] = resource.split('/');
    return path.length === 0
      ? kind
      : `${kind === 'assumed-role' ? 'role' : kind} ${kind === 'assumed-role' ? (path[0] ?? '') : (path.at(-1) ?? '')}`;
  }
  const [, ...rest] = resource.split(/[:/]/);
  return rest.length === 0 ? resource : rest.join(':');
}
