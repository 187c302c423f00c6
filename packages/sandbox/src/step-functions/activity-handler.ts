import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { DeploymentRefused, taken } from '../cloudformation/refusal.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { Activities } from './runtime/activities.ts';

/** `AWS::StepFunctions::Activity`. */
export const activityHandler = (activities: Activities, simulation: Simulation): ResourceHandler => ({
  create: ({ arn = '', name, properties }, { account, region }) => {
    if (activities.get(arn)) throw taken('ActivityAlreadyExists', 'Activity', name);
    activities.set({ arn, name, account, region, properties, createdAt: simulation.now() });
  },
  update: ({ arn = '', properties }) => {
    const activity = activities.get(arn);
    if (!activity) throw new DeploymentRefused('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
    activities.set({ ...activity, properties });
  },
  delete: ({ arn = '' }) => {
    activities.remove(arn);
  },
  read: ({ arn = '' }) => {
    const activity = activities.get(arn);
    return activity && liveProperties({ ...activity.properties, Name: activity.name });
  },
});
