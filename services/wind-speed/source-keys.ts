/**
 * Prefix of NOAA's objects, under the keys that NOAA gives them. A run reads it unless its input names another prefix.
 */
export const weatherPrefix = 'gsod/';

/** Every sample that deployments brought along, each in a folder of its own. */
export const samplesPrefix = 'sample/';

/** The sample to try the workload on; another one gets the next number, since the objects of this one stay until the stack is deleted. */
export const samplePrefix = `${samplesPrefix}1/`;
