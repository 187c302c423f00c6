import { signal } from '@preact/signals';
import type { ImportedText } from '../../imported/read-import.ts';
import { inSlices, turn } from './in-slices.ts';

/** Something that somebody pasted, dropped or chose, until an import has all it needs. */
export interface Given extends ImportedText {
  readonly bytes: number;
  /** Digest of the bytes, as hexadecimal text. */
  readonly digest: string;
}

export const given = signal<readonly Given[]>([]);

/** Bytes of a file at most: a text may have 512 million characters, and JSON takes a multiple of it. */
const mostBytes = 200_000_000;

/**
 * A file as text.
 *
 * @throws Error with a sentence for people
 */
export async function givenFile(file: File): Promise<Given> {
  if (file.size > mostBytes)
    throw new Error(`${file.name}: expected at most 200 MB, got ${Math.round(file.size / 1_000_000)} MB`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new Error(`${file.name}: expected JSON, got a gzip file: unpack it first`);
  // PowerShell writes UTF-16 with `>`.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = await inSlices(decoded(bytes, encoding));
    return { name: file.name, text, bytes: bytes.length, digest: await digestOf(bytes) };
  } catch {
    throw new Error(`${file.name}: expected JSON as text in UTF-8, got other bytes`);
  }
}

export async function givenText(text: string): Promise<Given> {
  const bytes = new TextEncoder().encode(text);
  return { name: 'pasted text', text, bytes: bytes.length, digest: await digestOf(bytes) };
}

/** Digest of all that is imported together: the part of an address that names it. */
export async function digestOfAll(all: readonly Given[]): Promise<string> {
  const digests = new TextEncoder().encode(all.map(({ digest }) => digest).join());
  return (await digestOf(digests)).slice(0, 16);
}

/** Bytes that are decoded or digested in a row: the browser takes 2 ms for them, and 20 MB at once would hold up the page. */
const pieceBytes = 1_000_000;

function* piecesOf(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>, undefined> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** @throws TypeError if the bytes are no text of the encoding */
function* decoded(bytes: Uint8Array<ArrayBuffer>, encoding: string): Generator<undefined, string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const texts: string[] = [];
  for (const piece of piecesOf(bytes)) {
    texts.push(decoder.decode(piece, { stream: true }));
    yield;
  }
  return [...texts, decoder.decode()].join('');
}

/** SHA-256 of the SHA-256 of each piece: a digest of all bytes in one call copies them all. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digests: string[] = [];
  for (const piece of piecesOf(bytes)) {
    digests.push(await sha256(piece));
    await turn();
  }
  return sha256(new TextEncoder().encode(digests.join()));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
