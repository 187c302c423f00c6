import type { GeneratedStation } from './generated-station.ts';
import { fieldEnds, writeNumber } from './gsod-layout.ts';

/** Share of days without wind at a station that has wind; with the windless stations 3.6 % of all rows, as published. */
const missingShare = 0.0083;

/** The strongest daily mean in the published years 2022 to 2024, in tenths of a knot. */
const maxTenths = 829;

/** Draws one day after the other for a station; uses arithmetic only, so that every machine draws the same. */
export class GeneratedWeather {
  readonly #station: GeneratedStation;
  readonly #random: () => number;
  /** How windy the last days were, 0 to 1: a storm lasts longer than a day. */
  #storm = 0.5;

  constructor(station: GeneratedStation, random: () => number) {
    this.#station = station;
    this.#random = random;
  }

  /** Writes the measurements of a day into the row whose measured part begins at `row`; `season` is 1 in January, -1 in July. */
  writeDay(bytes: Uint8Array, row: number, season: number): void {
    this.#writeWind(bytes, row, season);
    this.#writeTemperature(bytes, row, season);
  }

  #writeWind(bytes: Uint8Array, row: number, season: number): void {
    const { windless, meanKnots, latitude, reports } = this.#station;
    const random = this.#random;
    this.#storm = 0.55 * this.#storm + 0.45 * random();
    const gustiness = random();
    if (windless || random() < missingShare) return;
    const seasonal = 1 + season * 0.0035 * latitude;
    const knots = meanKnots * seasonal * (0.1 + 1.8 * this.#storm) * (0.4 + 1.2 * gustiness);
    const tenths = Math.min(maxTenths, Math.round(knots * 10));
    const strongest = Math.min(999, Math.round(tenths * 1.4 + 20));
    const counted = random() < 0.8 ? reports : reports - 1 - Math.floor(3 * random());
    writeSpeed(bytes, row + fieldEnds.wdsp, tenths);
    writeNumber(bytes, row + fieldEnds.wdspReports, counted, 0);
    if (reports === 24) writeSpeed(bytes, row + fieldEnds.mxspd, strongest);
    if (strongest > 200) writeSpeed(bytes, row + fieldEnds.gust, Math.min(1200, Math.round(strongest * 1.3)));
  }

  #writeTemperature(bytes: Uint8Array, row: number, season: number): void {
    const { latitude, elevationMetres } = this.#station;
    const random = this.#random;
    const usual = 820 - 0.115 * latitude * latitude - 0.117 * elevationMetres - season * 5 * latitude;
    const temperature = Math.round(usual + 160 * (random() - 0.5));
    const spread = Math.round(40 + 80 * random());
    const seaPressure = Math.round(10_130 + 300 * (random() - 0.5));
    const stationPressure = Math.round(seaPressure - 1.13 * elevationMetres);
    writeNumber(bytes, row + fieldEnds.temp, temperature, 1);
    writeNumber(bytes, row + fieldEnds.dewp, temperature - spread, 1);
    writeNumber(bytes, row + fieldEnds.slp, seaPressure, 1);
    writeNumber(bytes, row + fieldEnds.stp, stationPressure % 10_000, 1);
    writeNumber(bytes, row + fieldEnds.max, temperature + spread, 1);
    writeNumber(bytes, row + fieldEnds.min, temperature - spread, 1);
    if (random() < 0.7) return;
    writeNumber(bytes, row + fieldEnds.prcp, Math.round(100 * random() * random()), 2);
    writeNumber(bytes, row + fieldEnds.frshtt - (temperature < 320 ? 3 : 4), 1, 0);
  }
}

/** Puts tenths of a knot in the place of the missing value. */
function writeSpeed(bytes: Uint8Array, end: number, tenths: number): void {
  bytes.fill(0x20, end - 5, end);
  writeNumber(bytes, end, tenths, 1);
}
