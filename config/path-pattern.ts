/** True if `text` has the form of `pattern`, in which `*` matches any text without an asterisk, and `\*` an asterisk. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll('\\*', '*').replace(/[\\^$.*|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^*]*')}$`).test(text);
}
