import type { Integration } from '../../tasks/integration.ts';
import type { Activities } from '../runtime/activities.ts';
import type { TaskTokens } from '../runtime/task-tokens.ts';

export interface ActivityPorts {
  readonly activities: Activities;
  readonly taskTokens: TaskTokens;
}

/** A task whose resource is an activity: it waits for a worker to take it, and then for the worker's answer (concepts-activities). */
export const activityTask =
  ({ activities, taskTokens }: ActivityPorts): Integration =>
  (call) => {
    const { token = '', resource } = call;
    const { account, region } = call.execution.machine;
    const activity = activities.get(resource);
    if (activity?.account !== account || activity.region !== region) {
      const cause = `Activity Does Not Exist: '${resource}'`;
      call.report({ kind: 'task-start-failed', error: 'ActivityDoesNotExist', cause });
      return undefined;
    }
    taskTokens.open(token, {
      account,
      succeed: (output) => {
        taskTokens.close(token);
        call.report({ kind: 'task-succeeded', output });
      },
      fail: (error, cause) => {
        taskTokens.close(token);
        call.report({ kind: 'task-failed', error, cause });
      },
      heartbeat: () => {
        call.report({ kind: 'task-heartbeat' });
      },
    });
    const takeBack = activities.schedule(resource, {
      token,
      input: JSON.stringify(call.input),
      started: (workerName) => {
        call.report({ kind: 'task-started', workerName });
      },
    });
    return {
      cancel: () => {
        taskTokens.close(token);
        takeBack();
      },
    };
  };
