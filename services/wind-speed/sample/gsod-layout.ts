/** How the Global Surface Summary of the Day writes a row: from TEMP to the line feed every field has a fixed width. */

/** The header of every published object, 28 columns. */
export const header = Buffer.from(
  '"STATION","DATE","LATITUDE","LONGITUDE","ELEVATION","NAME","TEMP","TEMP_ATTRIBUTES","DEWP","DEWP_ATTRIBUTES",' +
    '"SLP","SLP_ATTRIBUTES","STP","STP_ATTRIBUTES","VISIB","VISIB_ATTRIBUTES","WDSP","WDSP_ATTRIBUTES","MXSPD","GUST",' +
    '"MAX","MAX_ATTRIBUTES","MIN","MIN_ATTRIBUTES","PRCP","PRCP_ATTRIBUTES","SNDP","FRSHTT"\n',
);

/** The measured part of a row, on a day without wind, rain or snow; STP keeps its leading zeros. */
export const measurements =
  '"      ","24","      ","24","      ","24","000.0","24"," 10.0","24",' +
  '"999.9"," 0","999.9","999.9","      "," ","      "," "," 0.00","G","999.9","000000"\n';

/** Where each field of {@link measurements} ends, counted from its first byte. */
export const fieldEnds = {
  temp: 7,
  tempReports: 12,
  dewp: 21,
  dewpReports: 26,
  slp: 35,
  slpReports: 40,
  stp: 48,
  stpReports: 53,
  visib: 61,
  visibReports: 66,
  wdsp: 74,
  wdspReports: 79,
  mxspd: 87,
  gust: 95,
  max: 104,
  min: 117,
  prcp: 129,
  frshtt: 150,
};

const zero = 0x30;
const point = 0x2e;
const minus = 0x2d;

/** Writes a scaled whole number so that it ends before `end`: -56 with one decimal is `-5.6`. Leaves what is left of it. */
export function writeNumber(bytes: Uint8Array, end: number, scaled: number, decimals: 0 | 1 | 2): void {
  let rest = Math.abs(scaled);
  let at = end;
  for (let written = 0; written <= decimals || rest > 0; written += 1) {
    if (written === decimals && decimals > 0) bytes[--at] = point;
    bytes[--at] = zero + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  if (scaled < 0) bytes[at - 1] = minus;
}
