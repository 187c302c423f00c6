import { taken } from '../cloudformation/refusal.ts';
import type { SandboxService } from '../service.ts';
import { LogGroups } from './log-groups.ts';

export interface Logs extends SandboxService {
  readonly logGroups: LogGroups;
}

/** CloudWatch Logs: log groups. */
export function logs(): Logs {
  const logGroups = new LogGroups();
  return {
    logGroups,
    resources: {
      'AWS::Logs::LogGroup': ({ arn = '', name }) => {
        if (logGroups.has(arn)) throw taken('ResourceAlreadyExistsException', 'The specified log group', name);
        logGroups.create(arn);
      },
    },
  };
}
