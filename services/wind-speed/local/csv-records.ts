import { CsvScanner } from '../domain/csv-scanner.ts';

/**
 * Records of a table in CSV without its header, each as its fields by name.
 * @throws Error if the text is not CSV
 */
export function csvRecords(bytes: Buffer): readonly Readonly<Record<string, string>>[] {
  const scanner = new CsvScanner(bytes);
  const rows: string[][] = [];
  while (scanner.next()) {
    rows.push(
      Array.from({ length: scanner.fields }, (_, field) =>
        bytes.toString('utf8', scanner.starts[field], scanner.ends[field]).replaceAll('""', '"'),
      ),
    );
  }
  if (scanner.problem !== undefined) throw new Error(`the table cannot be read: ${scanner.problem}`);
  const [names = [], ...records] = rows;
  return records.map((fields) => Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])));
}
