import type { ExecutionType } from './definition.ts';
import { isActivity, waitsForJob, waitsForToken } from '../execution/history.ts';
import { optimizedProblem } from './optimized-integrations.ts';
import { sdkProblem } from './sdk-integrations.ts';
import { refused, text } from './shape.ts';
import type { Check } from './shape.ts';

/** Check of a task's `Resource`: a function, an activity, or an integration with a pattern that AWS has. */
export const taskResource =
  (type: ExecutionType): Check =>
  (value, path) => {
    if (typeof value !== 'string') return text(value, path);
    const waits = waitsForJob(value) || waitsForToken(value) || isActivity(value);
    if (type === 'EXPRESS' && waits) return refused('cannot be used in an Express workflow')(value, path);
    const problem = integrationProblem(value);
    return problem === undefined ? [] : [`${path}: The resource provided ${value} is not recognized: ${problem}`];
  };

/** `arn:aws:states:::<service>:<action><suffix>`, or with `aws-sdk:` before the service. */
const INTEGRATION = /^arn:[^:]+:states:::(aws-sdk:)?([^:]*):([^.:]*)(.*)$/;

function integrationProblem(resource: string): string | undefined {
  const [, sdk, service = '', action = '', suffix = ''] = INTEGRATION.exec(resource) ?? [];
  if (service === '') return undefined;
  return (sdk === undefined ? optimizedProblem : sdkProblem)(service, action, suffix);
}
