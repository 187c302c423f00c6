/**
 * End of a name that CloudFormation generates, for example `ECFA0B7-C24EA5A56E70`: what is left of the digest in the logical id,
 * and its own suffix. An account id has no letter.
 */
const generatedEnd = /[0-9A-Fa-f]{0,8}-(?=\d*[A-Fa-f])[0-9A-Fa-f]{12}(?![A-Za-z0-9])/g;

/**
 * Shape of texts: account ids and the given names are numbered in the order in which they first appear. Two texts have one
 * shape if one becomes the other by other accounts, tenants, waves and regions. Longer names are looked for first, because
 * a name may contain another, and only whole names. Ends of generated names are left out.
 */
export function shapeWithout(names: Iterable<string>): (text: string) => string {
  const escaped = [...new Set(names)]
    .filter((name) => name !== '')
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[\\^$.*|?+()[\]{}/-]/g, '\\$&'));
  const name = new RegExp(`(?<![A-Za-z0-9])(?:${['\\d{12}', ...escaped].join('|')})(?![A-Za-z0-9])`, 'g');
  return (text) => {
    const numbers = new Map<string, number>();
    return text.replace(generatedEnd, '').replace(name, (found) => {
      const number = numbers.get(found) ?? numbers.size;
      numbers.set(found, number);
      return `\0${number}`;
    });
  };
}
