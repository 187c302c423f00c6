/** Common start of all names, up to a hyphen: `crosswind-dev-` of `crosswind-dev-a` and `crosswind-dev-b`; empty for one name. */
export function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  const end = others.reduce((length, name) => {
    let same = 0;
    while (same < length && name[same] === first[same]) same += 1;
    return same;
  }, first.length);
  return first.slice(0, first.lastIndexOf('-', end - 1) + 1);
}
