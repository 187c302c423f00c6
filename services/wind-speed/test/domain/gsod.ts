import { header } from '../../sample/gsod-layout.ts';

/** Fields of a row that a test sets; the others have defaults. Place and name are written as given, quotes included. */
export interface Row {
  readonly station?: string;
  readonly date?: string;
  readonly place?: string;
  readonly wdsp?: string;
  readonly reports?: string;
}

export const janMayen = '"70.9333333","-8.6666667","9.0","JAN MAYEN NOR NAVY, NO"';
export const nowhere = ',,,';

/** One line in the published format. */
export function line({
  station = '01001099999',
  date = '2022-01-01',
  place = janMayen,
  wdsp = ' 16.6',
  reports = '19',
}: Row) {
  return (
    `"${station}","${date}",${place},"  12.1","19","   3.8","19","1010.2","19","009.0","19","  9.9"," 4",` +
    `"${wdsp}","${reports}"," 27.0"," 35.5","  18.0"," ","   9.0"," "," 0.01","E","999.9","001000"\n`
  );
}

/** An object in the published format. */
export function gsod(...rows: readonly Row[]): Buffer {
  return Buffer.concat([header, Buffer.from(rows.map(line).join(''))]);
}
