import { messageOf } from '@crosswind/aws/problem';
import { pipeline, type Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { ReadingFailed } from './reading-failed.ts';

/** The text of a file as it comes, without a byte order mark, decompressed as the end of its name says. */
export async function* textOf(key: string, bytes: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of decompressed(key, bytes)) {
      const text = decoder.decode(piece as Uint8Array, { stream: true });
      if (text !== '') yield text;
    }
  } finally {
    // Nobody reads on, so nobody hears of a file that is gone by the time it opens.
    bytes.on('error', () => undefined).destroy();
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function* decompressed(key: string, bytes: Readable): AsyncGenerator<unknown, void, undefined> {
  const decompress = decompressionOf(key);
  if (!decompress) {
    yield* bytes;
    return;
  }
  // Errors reach the consumer at the end of the pipeline.
  const plain = pipeline(bytes, decompress, () => undefined);
  try {
    yield* plain;
  } catch (error) {
    throw new ReadingFailed(`The file ${key} cannot be decompressed: ${messageOf(error)}`);
  }
}

function decompressionOf(key: string): zlib.Gunzip | undefined {
  if (/\.zstd?$/.test(key)) {
    throw new ReadingFailed(`The file ${key} is compressed with ZSTD, which the sandbox does not support`);
  }
  return /\.gz(ip)?$/.test(key) ? zlib.createGunzip() : undefined;
}
