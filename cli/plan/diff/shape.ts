/**
 * Shape of texts: account ids and the given names are numbered in the order in which they first appear. Two texts have one
 * shape if one becomes the other by other accounts, tenants, waves and regions. Longer names are looked for first, because
 * a name may contain another, and only whole names.
 */
export function shapeWithout(names: Iterable<string>): (text: string) => string {
  const escaped = [...new Set(names)]
    .filter((name) => name !== '')
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[\\^$.*|?+()[\]{}/-]/g, '\\$&'));
  const name = new RegExp(`(?<![A-Za-z0-9])(?:${['\\d{12}', ...escaped].join('|')})(?![A-Za-z0-9])`, 'g');
  return (text) => {
    const numbers = new Map<string, number>();
    return text.replace(name, (found) => {
      const number = numbers.get(found) ?? numbers.size;
      numbers.set(found, number);
      return `\0${number}`;
    });
  };
}
