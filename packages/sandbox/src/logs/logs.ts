import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused, taken } from '../cloudformation/refusal.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { LogGroups } from './log-groups.ts';
import { logsService, type LogsServicePorts } from './logs-service.ts';

export interface Logs extends SandboxService {
  readonly logGroups: LogGroups;
}

export interface LogsPorts extends Pick<LogsServicePorts, 'authorize' | 'absent'> {
  readonly simulation: Simulation;
}

/** CloudWatch Logs: log groups. */
export function logs({ authorize, absent, simulation }: LogsPorts): Logs {
  const logGroups = new LogGroups(() => simulation.now());
  const handler = logGroupHandler(logGroups);
  return {
    logGroups,
    endpoint: logsService({ authorize, logGroups, handler, absent, now: () => simulation.now() }),
    resources: { 'AWS::Logs::LogGroup': handler },
  };
}

const logGroupHandler = (logGroups: LogGroups): ResourceHandler => ({
  create: ({ arn = '', name, properties }) => {
    if (logGroups.has(arn)) throw taken('ResourceAlreadyExistsException', 'The specified log group', name);
    logGroups.create(arn, properties);
  },
  update: ({ arn = '', properties }) => {
    if (logGroups.change(arn, properties)) return;
    throw new DeploymentRefused('ResourceNotFoundException', 'The specified log group does not exist.');
  },
  delete: ({ arn = '' }) => {
    logGroups.remove(arn);
  },
  read: ({ arn = '' }) => {
    const settings = logGroups.settings(arn);
    return settings && liveProperties(settings);
  },
});
