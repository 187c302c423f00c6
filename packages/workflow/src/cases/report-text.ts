import type { CaseReport } from './run-case.ts';

/** Written at once, in characters: a history may be longer than a text can be. */
const piece = 1_000_000;

/** The report as JSON, an event a line, in pieces. */
export function* reportText(reports: readonly CaseReport[]): Generator<string> {
  let text = '[';
  for (const [at, { events, ...outcome }] of reports.entries()) {
    text += `${at === 0 ? '' : ','}\n${JSON.stringify(outcome).slice(0, -1)},"events":[`;
    for (const [nth, event] of events.entries()) {
      text += `${nth === 0 ? '' : ','}\n${JSON.stringify(event)}`;
      if (text.length < piece) continue;
      yield text;
      text = '';
    }
    text += ']}';
  }
  yield `${text}\n]\n`;
}
