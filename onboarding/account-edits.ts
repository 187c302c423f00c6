import { Document, Scalar, type YAMLMap, type YAMLSeq, isMap, isNode, isSeq, parseDocument } from 'yaml';
import type { AccountState, Platform } from '../config/schema.ts';
import { type Edit, applyEdits, itemAfter, itemRemoved, keyRemoved } from './block-edits.ts';

export interface NewAccount {
  readonly name: string;
  readonly id: string;
  readonly email: string;
  readonly organizationalUnit: string;
  /** @default - active, and not written */
  readonly state?: AccountState;
  /** @default - the platform's region, and not written */
  readonly region?: string;
}

/** A text with some lines more or less, or the reason why it has to be edited by hand. */
export type Edited = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** The text of a valid platform with one account more, at the end of the list. */
export function withAccount(text: string, account: NewAccount): Edited {
  return edited(text, (body, document) => {
    const last = sequence(document, 'accounts').items.at(-1);
    return [isNode(last) ? itemAfter(body, last, linesOf(account)) : undefined];
  });
}

/**
 * The text of a valid platform without the account and its placements. A tenant that then runs nowhere goes as well,
 * and so does a wave that only these placements used.
 */
export function withoutAccount(text: string, platform: Platform, name: string): Edited {
  return edited(text, (body, document) => {
    const item = (list: string, index: number): Edit | undefined => {
      const node = sequence(document, list).items[index];
      return isNode(node) ? itemRemoved(body, node) : undefined;
    };
    const left = new Set<string>();
    const placements = platform.tenants.flatMap((tenant, index) => {
      const entries = Object.entries(tenant.waves);
      const gone = entries.filter(([, { stages }]) => stages.some(({ account }) => account === name));
      for (const entry of entries) if (!gone.includes(entry)) left.add(entry[0]);
      if (gone.length > 0 && gone.length === entries.length) return [item('tenants', index)];
      return gone.map(([wave]) => keyRemoved(body, mapping(document, ['tenants', index, 'waves']), wave));
    });
    const waves = platform.waves.flatMap((wave, index) => (left.has(wave.name) ? [] : [item('waves', index)]));
    const account = platform.accounts.findIndex((candidate) => candidate.name === name);
    return [item('accounts', account), ...placements, ...waves];
  });
}

function edited(text: string, edits: (body: string, document: Document) => readonly (Edit | undefined)[]): Edited {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const made = edits(body, parseDocument(body));
  const possible = made.filter((edit) => edit !== undefined);
  if (possible.length < made.length) {
    const reason = 'accounts, waves and tenants must stand on lines of their own, not in [ ] or { }: edit it by hand';
    return { ok: false, reason };
  }
  return { ok: true, text: mark + applyEdits(body, possible) };
}

/** The account as lines of YAML, its id in quotes. */
function linesOf({ name, id, email, organizationalUnit, state, region }: NewAccount): readonly string[] {
  const quoted = new Scalar(id);
  quoted.type = Scalar.QUOTE_SINGLE;
  const entry = {
    name,
    id: quoted,
    email,
    organizationalUnit,
    ...(state && { state }),
    ...(region !== undefined && { region }),
  };
  return new Document(entry).toString({ lineWidth: 0, singleQuote: true }).trimEnd().split('\n');
}

function sequence(document: Document, key: string): YAMLSeq {
  const node = document.get(key);
  if (isSeq(node)) return node;
  throw new Error(`${key} is no list, so this is no valid platform`);
}

function mapping(document: Document, path: readonly (string | number)[]): YAMLMap {
  const node = document.getIn(path);
  if (isMap(node)) return node;
  throw new Error(`${path.join('.')} is no mapping, so this is no valid platform`);
}
