/** Rows as lines of text, each column as wide as its widest cell. */
export function columns(
  rows: readonly (readonly string[])[],
  alignment: readonly ('left' | 'right')[],
): readonly string[] {
  const widths = alignment.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    alignment
      .map((side, column) =>
        side === 'left'
          ? (row[column] ?? '').padEnd(widths[column] ?? 0)
          : (row[column] ?? '').padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
