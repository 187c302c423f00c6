import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { parsedJson } from '@crosswind/aws/json';
import { z } from 'zod';

/** Characters of one message: an answer of 6 MB in which every character is escaped. */
const maxLine = 16_000_000;

const message = z.union([
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('log'), text: z.string() }),
  z.object({ kind: z.literal('died'), what: z.string() }),
  z.object({
    kind: z.literal('answer'),
    error: z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()).optional() }),
  }),
  z.object({ kind: z.literal('answer'), payload: z.string().refine(isJson), error: z.undefined().optional() }),
]);

/** A message of the process of a function, which may be forged by the function. */
export type FunctionMessage = z.infer<typeof message>;

/** Reads a message; undefined for anything else. */
export function messageIn(line: string): FunctionMessage | undefined {
  try {
    return message.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    parsedJson(text);
    return true;
  } catch {
    return false;
  }
}

/** Calls `take` with each line of a stream, and with undefined when one is too long; what follows is dropped. */
export function readLines(stream: Readable, take: (line: string | undefined) => void): void {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  const read = (chunk: Buffer): void => {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    begun += first;
    for (const next of others) {
      take(begun);
      begun = next;
    }
    if (begun.length <= maxLine) return;
    stream.off('data', read).resume();
    begun = '';
    take(undefined);
  };
  stream.on('data', read);
}
