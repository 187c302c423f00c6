import { S3Error } from '../../../s3/s3-error.ts';
import type { ItemPage } from '@crosswind/workflow/map-run/protocol';
import type { ItemReading } from '@crosswind/workflow/map-run/spec';
import { itemPages, type ReadingRole } from './item-pages.ts';
import { ReadingFailed } from './reading-failed.ts';

/** A page, or why there is none. */
export type ReadPage = ({ readonly continuation?: string } & ItemPage) | { readonly cause: string };

/** A place in the items of a reader: keeps the file open between two pages, and finds a page again after it was closed. */
export class ItemCursor {
  readonly #role: ReadingRole;
  #pages: ReturnType<typeof itemPages> | undefined;
  #next = 0;

  constructor(role: ReadingRole) {
    this.#role = role;
  }

  /** The first page, or the one to which the page before it gave a continuation. */
  async read(reading: ItemReading, continuation = '0'): Promise<ReadPage> {
    try {
      const page = await this.#seek(reading, Number(continuation));
      if (page.done) return { items: [], source: '' };
      const { isLast, ...items } = page.value;
      return { ...items, ...(!isLast && { continuation: String(this.#next) }) };
    } catch (error) {
      await this.close();
      if (error instanceof S3Error) {
        return { cause: `${error.message} (Service: S3, Status Code: ${error.status})` };
      }
      if (error instanceof ReadingFailed) return { cause: error.message };
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#pages?.return();
    this.#pages = undefined;
    this.#next = 0;
  }

  async #seek(reading: ItemReading, place: number): Promise<Awaited<ReturnType<ReturnType<typeof itemPages>['next']>>> {
    if (place !== this.#next) await this.close();
    this.#pages ??= itemPages(this.#role, reading);
    let page = await this.#pages.next();
    for (; this.#next < place && !page.done; this.#next++) page = await this.#pages.next();
    this.#next = place + 1;
    return page;
  }
}
