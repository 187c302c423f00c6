/** True if the path matches the glob; of a glob's signs, `*` and a folder `**` are known. */
export function matches(glob: string, path: string): boolean {
  const parts = glob.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    return part === '*' ? '[^/]*' : part.replaceAll('.', '\\.');
  });
  return new RegExp(`^${parts.join('')}$`).test(path);
}
