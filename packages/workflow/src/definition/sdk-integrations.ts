import { readFileSync } from 'node:fs';

let services: Readonly<Record<string, string>> | undefined;

/** Actions that AWS SDK integrations have, by service; data/README.md gives source and date. */
const actionsByService = (): Readonly<Record<string, string>> =>
  (services ??= JSON.parse(readFileSync(new URL('../../data/sdk-actions.json', import.meta.url), 'utf8')) as Readonly<
    Record<string, string>
  >);

/** Problem of an AWS SDK integration, or of the suffix behind it; undefined if AWS has both. */
export function sdkProblem(service: string, action: string, suffix: string): string | undefined {
  const byService = actionsByService();
  if (!Object.hasOwn(byService, service)) {
    return `no AWS SDK integration has the service "${service}" (supported-services-awssdk)`;
  }
  const actions = (byService[service] ?? '').split(' ').filter((each) => each !== '');
  if (actions.length > 0 && !actions.includes(action)) return unknownAction(service, action, actions);
  if (suffix === '' || suffix === '.waitForTaskToken') return undefined;
  return `aws-sdk:${service}:${action} takes no suffix, or .waitForTaskToken`;
}

function unknownAction(service: string, action: string, actions: readonly string[]): string {
  const meant = actions.find((each) => each.toLowerCase() === action.toLowerCase());
  return meant === undefined
    ? `aws-sdk:${service} has no action "${action}"`
    : `aws-sdk:${service} has no action "${action}"; write "${meant}"`;
}
