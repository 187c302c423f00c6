import type { AnswerModel } from '../models/answers.ts';
import type { PointsModel, ResultContent } from '../models/results.ts';

const isResult = ({ kind }: AnswerModel): boolean => kind === 'result';

/** Rows of the longest table of results. */
export const mostRows = (answers: readonly AnswerModel[]): number =>
  answers
    .filter(isResult)
    .flatMap(({ answer }) => (answer as ResultContent).tables)
    .reduce((most, { rows }) => Math.max(most, rows.length), 0);

/** Answers with the first rows of each table, and with the points of those rows. */
export const withRows = (answers: readonly AnswerModel[], most: number): readonly AnswerModel[] =>
  answers.map((each) => (isResult(each) ? { ...each, answer: contentWith(each.answer as ResultContent, most) } : each));

const contentWith = (content: ResultContent, most: number): ResultContent => ({
  ...content,
  tables: content.tables.map((table) => ({ ...table, rows: table.rows.slice(0, most) })),
  maps: content.maps.map((points) => pointsWith(points, most)),
});

function pointsWith(points: PointsModel, most: number): PointsModel {
  const isKept = points.row.map((row) => row < most);
  const kept = (column: readonly number[]): readonly number[] => column.filter((_, place) => isKept[place]);
  return { ...points, row: kept(points.row), x: kept(points.x), y: kept(points.y), value: kept(points.value) };
}
