import { weatherPrefix } from '../source-keys.ts';

/** Where an object lies in the source bucket, by its key in NOAA's bucket: `2022/<station>.csv`. */
export const weatherKey = (publishedKey: string): string => `${weatherPrefix}${publishedKey}`;
