/** A message of a server-sent stream. */
export interface StreamMessage {
  readonly id: string;
  /** @default 'message' */
  readonly event: string;
  readonly data: string;
}

/**
 * Splits the text of a server-sent stream into messages; what is left is the begin of the next one.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function messagesIn(text: string): { readonly messages: readonly StreamMessage[]; readonly rest: string } {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  return { messages: blocks.flatMap(messageOf), rest };
}

function messageOf(block: string): readonly StreamMessage[] {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, fields.has(name) ? `${fields.get(name) ?? ''}\n${value}` : value);
  }
  const data = fields.get('data');
  return data === undefined ? [] : [{ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data }];
}

/**
 * Reads messages until the stream ends. `EventSource` cannot send a header, and a token in an address ends in logs.
 *
 * @param quiet milliseconds without a byte after which the server counts as gone
 */
export async function* streamMessages(
  body: ReadableStream<Uint8Array>,
  quiet: number,
): AsyncGenerator<readonly StreamMessage[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), quiet);
      if (done) return;
      const { messages, rest } = messagesIn(text + decoder.decode(value, { stream: true }));
      text = rest;
      if (messages.length > 0) yield messages;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

async function inTime<Value>(value: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the server is silent'));
    }, milliseconds);
  });
  return Promise.race([value, late]).finally(() => {
    clearTimeout(timer);
  });
}
