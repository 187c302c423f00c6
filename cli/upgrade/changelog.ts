/** Work that an upgrade leaves to the adopter. */
export interface Duty {
  readonly version: string;
  readonly text: string;
}

/** The entries of "You must do" in a changelog since a version, without those that its earlier text already had. */
export function newDuties(changelog: string, earlier: string, since: string): readonly Duty[] {
  const known = new Set(dutiesIn(earlier).map(({ text }) => text));
  return dutiesIn(changelog).filter(({ version, text }) => !known.has(text) && !isOlder(version, since));
}

/** Lists below `### You must do`, by the version in the heading `## 0.2.0` above it. */
function dutiesIn(changelog: string): readonly Duty[] {
  const duties: { version: string; lines: string[] }[] = [];
  let [version, isDuty] = ['', false];
  for (const line of changelog.split(/\r?\n/)) {
    const [, hashes, heading = ''] = /^(#{1,3}) +(.*?)\s*$/.exec(line) ?? [];
    if (hashes !== undefined) {
      isDuty = hashes.length === 3 && heading.toLowerCase() === 'you must do';
      if (hashes.length === 2) [version = ''] = heading.replace(/^\[|^v/, '').split(/[\s\]]/);
    } else if (isDuty && /^[-*] /.test(line)) duties.push({ version, lines: [line.slice(2).trim()] });
    else if (isDuty && line.trim() !== '') duties.at(-1)?.lines.push(line.trim());
  }
  return duties.map(({ lines, ...duty }) => ({ ...duty, text: lines.join(' ') }));
}

/** True if both are versions and the first is older. A heading that is no version, such as `Unreleased`, is the newest. */
const isOlder = (version: string, since: string): boolean =>
  /^\d/.test(version) && /^\d/.test(since) && version.localeCompare(since, 'en', { numeric: true }) < 0;
