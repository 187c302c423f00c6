import { createHash } from 'node:crypto';

export interface PageProps<Item> {
  /** Values that identify the listing and its caller. A token is valid for that request only. */
  readonly of: readonly unknown[];
  /** Items on a page. */
  readonly size: number;
  /**
   * Token of the page, from the answer before.
   *
   * @default - the first page
   */
  readonly token?: string;
  /**
   * True if the last item comes first.
   *
   * @default false
   */
  readonly reversed?: boolean;
  /**
   * Which items are listed.
   *
   * @default - all
   */
  readonly filter?: (item: Item) => boolean;
}

export interface Page<Item, Key extends string> {
  readonly items: readonly Item[];
  /** Field of the answer with the token of the next page; empty on the last page. */
  readonly next: Readonly<Partial<Record<Key, string>>>;
}

export interface Pager<Key extends string> {
  /** Cuts a page from a list that grows at its end only, so that an index in it stays valid: a token holds one. */
  readonly pageOf: <Item>(all: readonly Item[], props: PageProps<Item>) => Page<Item, Key>;
  /** Returns the index that a token holds, and undefined without a token; throws the service's error for a foreign token. */
  readonly indexIn: (token: string | undefined, of: readonly unknown[]) => number | undefined;
  readonly tokenFor: (index: number, of: readonly unknown[]) => string;
}

/** Pages and opaque tokens of a service, with its name of the token and its error for a token that it did not issue. */
export function pager<Key extends string>(tokenKey: Key, invalidToken: () => Error): Pager<Key> {
  const indexIn = (token: string | undefined, of: readonly unknown[]): number | undefined => {
    if (token === undefined) return undefined;
    const index = parseInt(Buffer.from(token, 'base64url').toString());
    if (tokenFor(index, of) === token) return index;
    throw invalidToken();
  };
  const next = (fields: Readonly<Record<string, string>>) => fields as Page<never, Key>['next'];
  return {
    indexIn,
    tokenFor,
    pageOf(all, { of, size, token, reversed = false, filter = () => true }) {
      const items: (typeof all)[number][] = [];
      const first = reversed ? all.length - 1 : 0;
      for (let index = indexIn(token, of) ?? first; ; index += reversed ? -1 : 1) {
        const item = all[index];
        if (item === undefined) return { items, next: next({}) };
        if (!filter(item)) continue;
        if (items.length === size) return { items, next: next({ [tokenKey]: tokenFor(index, of) }) };
        items.push(item);
      }
    },
  };
}

const tokenFor = (index: number, of: readonly unknown[]): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([index, of]))
    .digest('hex');
  return Buffer.from(`${index} ${digest}`).toString('base64url');
};
