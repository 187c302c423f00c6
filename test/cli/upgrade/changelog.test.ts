import { expect, test } from 'vitest';
import { newDuties } from '../../../cli/upgrade/changelog.ts';

const earlier = `# Changelog

## 0.2.0

### You must do

- Old work.
`;

const changelog = `# Changelog

## Unreleased

### You must do

- Work of tomorrow.

## [0.10.0] - 2027-01-01

### Added

- A thing.

### You must do

- First work,
  on two lines.
* Second work.

### Changed

- Another thing.

## v0.9.0

Nothing to do.

## 0.2.0

### You must do

- Old work.
- Work that came into the section later.

## 0.1.0

### You must do

- Work of long ago, in other words.
`;

test('what you must do is what the sections since a version list, without what they listed then', () => {
  expect(newDuties(changelog, earlier, '0.2.0')).toEqual([
    { version: 'Unreleased', text: 'Work of tomorrow.' },
    { version: '0.10.0', text: 'First work, on two lines.' },
    { version: '0.10.0', text: 'Second work.' },
    { version: '0.2.0', text: 'Work that came into the section later.' },
  ]);
});

test('versions are compared by their numbers', () => {
  expect(newDuties(changelog, '', '0.9.0').map(({ version }) => version)).toEqual(['Unreleased', '0.10.0', '0.10.0']);
  expect(newDuties(changelog, '', '0.1.0').at(-1)).toEqual({
    version: '0.1.0',
    text: 'Work of long ago, in other words.',
  });
});

test('a changelog without such a list has nothing to do', () => {
  expect(newDuties('', '', '0.1.0')).toEqual([]);
  expect(newDuties('## 0.3.0\r\n\r\n### Added\r\n\r\n- A thing.\r\n', '', '0.1.0')).toEqual([]);
});
