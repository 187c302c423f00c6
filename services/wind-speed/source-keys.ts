/** What a run reads unless its input says otherwise: NOAA's objects, below it under the keys that NOAA gives them. */
export const weatherPrefix = 'gsod/';

/** Every sample that deployments brought along, each in a folder of its own. */
export const samplesPrefix = 'sample/';

/** The sample to try the workload on; another one gets the next number, since the objects of this one stay there. */
export const samplePrefix = `${samplesPrefix}1/`;
