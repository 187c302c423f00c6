/** A cause may be a whole JSON document, and a cause inside it another; the innermost message is what a person wants. */
export function innermost(cause: string): string {
  const { errorMessage, Cause: inner } = objectIn(cause);
  const message = typeof errorMessage === 'string' ? errorMessage : inner;
  if (typeof message === 'string') return innermost(message);
  return cause.length > longest ? `${cause.slice(0, longest)}…` : cause;
}

/** Characters of a message that a person still reads. */
const longest = 300;

/** The JSON object that a text is; an empty one for any other text. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
