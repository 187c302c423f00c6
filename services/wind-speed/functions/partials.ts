import pMap from 'p-map';
import type { ObjectFailure } from '../domain/object-failure.ts';
import { sampleFailures } from '../domain/object-failure.ts';
import { type PartialHeader, decodeHeader, decodeStationYear, yearOf } from '../domain/partial.ts';
import { Contributions } from '../domain/contributions.ts';
import type { ObjectAddress, ObjectStore } from './object-store.ts';
import type { PartialPointer } from './partial-pointer.ts';

/** Partials read at once: enough to hide the latency of S3, few enough that their lines take little memory. */
const concurrency = 8;

/** The partial results of an execution, read as often as they hold years, so that one year at a time is in memory. */
export class Partials {
  readonly years: readonly number[];
  readonly #store: ObjectStore;
  readonly #bucket: string;
  readonly #pointers: readonly PartialPointer[];

  constructor(store: ObjectStore, bucket: string, pointers: readonly PartialPointer[]) {
    this.years = [...new Set(pointers.flatMap(({ years }) => years))].sort((a, b) => a - b);
    this.#store = store;
    this.#bucket = bucket;
    this.#pointers = pointers;
  }

  async read(year: number): Promise<Contributions> {
    const stationYears = new Contributions();
    const holding = this.#pointers.filter(({ years }) => years.includes(year));
    const add = ({ partial }: PartialPointer) => this.#addYear(stationYears, year, this.#address(partial));
    await pMap(holding, add, { concurrency });
    return stationYears;
  }

  /** Some of the objects that batches could not read, with reasons. */
  failures(): Promise<readonly ObjectFailure[]> {
    return this.#sample(
      ({ failed }) => failed > 0,
      (header) => header.failures,
    );
  }

  /** Some of the objects that batches left out in part, with reasons. */
  leftOut(): Promise<readonly ObjectFailure[]> {
    return this.#sample(
      ({ leftOut }) => leftOut !== undefined,
      (header) => header.leftOut ?? [],
    );
  }

  async #sample(
    isMeant: (pointer: PartialPointer) => boolean,
    listOf: (header: PartialHeader) => readonly ObjectFailure[],
  ): Promise<readonly ObjectFailure[]> {
    let failures: readonly ObjectFailure[] = [];
    const collect = async ({ partial }: PartialPointer) => {
      for await (const line of this.#store.lines(this.#address(partial))) {
        failures = sampleFailures([...failures, ...listOf(decodeHeader(line))]);
        break;
      }
    };
    await pMap(this.#pointers.filter(isMeant), collect, { concurrency });
    return failures;
  }

  async #addYear(stationYears: Contributions, year: number, address: ObjectAddress): Promise<void> {
    let expected: number | undefined;
    let read = 0;
    for await (const line of this.#store.lines(address)) {
      if (expected === undefined) {
        expected = new Map(decodeHeader(line).years).get(year) ?? 0;
      } else if (yearOf(line) === year) {
        stationYears.add(decodeStationYear(line));
        read += 1;
      }
    }
    if (read === expected) return;
    throw new Error(`${address.key}: expected ${expected ?? 0} stations of ${year}, got ${read}`);
  }

  readonly #address = (key: string): ObjectAddress => ({ bucket: this.#bucket, key });
}
