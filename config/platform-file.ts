/** Name of the file that describes a platform, in a clone and in the cloud assembly that is synthesized from it. */
export const platformFile = 'platform.yaml';
