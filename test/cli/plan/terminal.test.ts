import { describe, expect, test } from 'vitest';
import { line, verbatim, withMore } from '../../../cli/plan/present/line.ts';
import { terminalLines } from '../../../cli/plan/present/terminal.ts';
import pc from 'picocolors';

const colors = pc.createColors(false);

describe('a plan on a terminal', () => {
  test('shows what a comment shows, texts to copy, and how to see the rest', () => {
    const stop = withMore(line`Deleted`, [line`A place`, line`To allow it:`, ...verbatim('allowances:\n  - resource')]);
    const lines = Array.from({ length: 50 }, (_, index) => line`Line ${String(index)}`);
    const text = terminalLines(
      'Plan',
      [
        { title: 'Stop', lines: [stop] },
        { title: 'Resources', lines },
      ],
      colors,
    );
    expect(text.slice(0, 9)).toEqual([
      ...[
        'Plan',
        '',
        'Stop',
        '  Deleted',
        '    To allow it:',
        '      allowances:',
        '        - resource',
        '',
        'Resources',
      ],
    ]);
    expect(text.filter((each) => each.startsWith('  Line '))).toHaveLength(34);
    expect(text.at(-1)).toBe(
      '18 lines not shown: --markdown or --out <dir> says where each of it is, --json everything',
    );
  });

  test('says nothing about a rest that is not there', () => {
    expect(terminalLines('Plan', [{ title: 'Cost', lines: [line`More`] }], colors)).toEqual([
      'Plan',
      '',
      'Cost',
      '  More',
    ]);
  });
});
