/** Name of the platform's pipeline. It identifies the platform's assembly among those of other apps. */
export const pipelineName = 'crosswind';
