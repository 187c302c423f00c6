import type { Stop } from '../stop/stops.ts';
import { code, type Line, line, strong, verbatim, withMore } from './line.ts';
import { shortPath } from '../named-resources.ts';
import { type AccountNames, accountsOf, placeLines, valuesSpans } from './names.ts';

const fates: Readonly<Record<Stop['fate'], string>> = {
  deleted: 'is deleted',
  'left behind': 'stays in the account, where nothing uses it any more',
  'kept as a snapshot': 'is kept as a snapshot',
};

/** A stop, with the allowance to copy. */
export function stopLine(stop: Stop, names: AccountNames, today: Date): Line {
  const { by, fate, type, holds, name, values, places, allowance, ended } = stop;
  const [first] = places;
  const verb = { deletion: 'Deleted', replacement: 'Replaced', 'possible replacement': 'May be replaced' }[by];
  const path = stop.allow.length === 1 ? (stop.allow[0] ?? '') : (first?.path ?? '');
  const where = accountsOf(
    places.map(({ account }) => account),
    names,
  );
  const cause = values.length === 0 ? [] : [' (', ...valuesSpans(values), ')'];
  const isKept =
    fate === 'left behind' ? `the old one with its ${holds} ${fates[fate]}` : `its data (${holds}) ${fates[fate]}`;
  const said = allowance
    ? line`${strong('Allowed')} until ${code(allowance.until)}: ${code(allowance.reason)}. `
    : line`${ended ? ['The allowance has ended on ', code(ended.until), '. '] : []}`;
  const text = line`${said.spans}${strong(verb)}: ${code(type)} ${code(shortPath(path))} ${where}${cause}: ${isKept}.`;
  const named = places.length > 1 || name === '' ? [] : [line`Name: ${code(name)}`];
  return withMore(text, [
    ...named,
    ...placeLines(places, names),
    ...(allowance
      ? []
      : [line`To allow it, add to ${code('platform.yaml')}:`, ...verbatim(allowanceText(stop, today))]),
  ]);
}

/** The lines of `platform.yaml` that allow a stop for two weeks. They are not valid before somebody has written a reason. */
export function allowanceText({ allow }: Pick<Stop, 'allow'>, today: Date): string {
  const entries = allow.map((resource) =>
    [
      `  - resource: '${resource.replaceAll("'", "''")}'`,
      "    reason: '' # say why the data may go",
      `    until: '${untilDay(today)}'`,
    ].join('\n'),
  );
  return ['allowances:', ...entries].join('\n');
}

/** Last day of two weeks from now, in UTC. */
export const untilDay = (today: Date): string => new Date(today.getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
