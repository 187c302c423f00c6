import { jsonError } from './json-error.ts';

/** Most bytes of UTF-8 that an input may have (Step Functions quotas, "Maximum input or output size"). */
const mostBytes = 262_144;

/** Why a text cannot be the input of an execution, as a sentence with line and column; undefined if it can. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Expected JSON, got nothing: the empty input is {}';
  const error = jsonError(text);
  if (error) {
    const before = text.slice(0, error.at).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    const found = Array.from(text.slice(error.at, error.at + 2))[0];
    return `${place}: expected ${error.expected}, got ${found ?? 'the end'}`;
  }
  const bytes = new TextEncoder().encode(text).length;
  return bytes > mostBytes
    ? `The input has ${bytes.toLocaleString('en')} bytes, and may have ${mostBytes.toLocaleString('en')}`
    : undefined;
}

/** Characters that names of executions may not have (API_StartExecution, "name"). */
const notInNames = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Why a text cannot be the name of an execution; undefined if it can, and for an empty one, which AWS chooses. */
export function nameProblem(name: string): string | undefined {
  if (name.length > 80) return `A name has at most 80 characters, this one has ${name.length}`;
  const [found] = notInNames.exec(name) ?? [];
  return found === undefined
    ? undefined
    : `A name may not contain ${found === ' ' ? 'a space' : JSON.stringify(found)}`;
}
