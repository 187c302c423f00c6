/** Name of the platform's pipeline, which tells the platform's assembly from that of another app. */
export const pipelineName = 'crosswind';
