import type { Columns } from './gsod-columns.ts';

/** The header of every object that NOAA publishes: 28 columns, quoted, with LF. */
export const publishedHeader = Buffer.from(
  '"STATION","DATE","LATITUDE","LONGITUDE","ELEVATION","NAME","TEMP","TEMP_ATTRIBUTES","DEWP","DEWP_ATTRIBUTES",' +
    '"SLP","SLP_ATTRIBUTES","STP","STP_ATTRIBUTES","VISIB","VISIB_ATTRIBUTES","WDSP","WDSP_ATTRIBUTES","MXSPD","GUST",' +
    '"MAX","MAX_ATTRIBUTES","MIN","MIN_ATTRIBUTES","PRCP","PRCP_ATTRIBUTES","SNDP","FRSHTT"\n',
);

/** True if the object begins with {@link publishedHeader}, byte for byte. */
export function hasPublishedHeader(bytes: Uint8Array): boolean {
  return bytes.length >= publishedHeader.length && publishedHeader.compare(bytes, 0, publishedHeader.length) === 0;
}

/** Where {@link publishedHeader} has the columns that are read. */
export const publishedColumns: Columns = {
  STATION: 0,
  DATE: 1,
  LATITUDE: 2,
  LONGITUDE: 3,
  NAME: 5,
  WDSP: 16,
  WDSP_ATTRIBUTES: 17,
};

/**
 * Where a published row has what is read. Only position and name vary in width, so that TEMP and all behind it lie at a
 * fixed distance from the row's end, as STATION and DATE do from its start:
 *
 *     "72613014755","2022-01-31","44.27018",…,"MOUNT WASHINGTON, NH US"," -18.9","24",…," 32.6","24"," 50.1",…,"001000"⏎
 */
export const publishedRow = {
  /** The four digits of the year, from the row's start. */
  yearAt: 15,
  /** The month between its dashes. */
  monthAt: 19,
  /** The day. */
  dayAt: 23,
  /** From the quote before TEMP to the row's end. */
  tempToEnd: 152,
  /** From the first digit or blank of WDSP to the row's end. */
  wdspToEnd: 83,
};
