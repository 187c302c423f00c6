import { readFileSync } from 'node:fs';
import { readObject } from './read-object.mjs';
import { addDayText, noTotals } from './totals.mjs';

/**
 * Each contender prepares with the paths of the objects, and answers a function that reads them all once and answers
 * the totals.
 */
export const contenders = {
  async ours(paths, oursModule) {
    const { addObject } = await import(oursModule);
    return summing(inMemory(paths), addObject);
  },

  async fallback(paths, oursModule) {
    const { addObjectByFallback } = await import(oursModule);
    return summing(inMemory(paths), addObjectByFallback);
  },

  async udsv(paths) {
    const { inferSchema, initParser } = await import('udsv');
    const objects = inMemory(paths);
    const parser = initParser(inferSchema(objects[0].toString()));
    const wdsp = parser.schema.cols.findIndex(({ name }) => name === 'WDSP');
    return summing(objects, (totals, bytes) => {
      for (const row of parser.stringArrs(bytes.toString())) addDayText(totals, row[wdsp], row[wdsp + 1]);
    });
  },

  async 'csv-parse'(paths) {
    const { parse } = await import('csv-parse/sync');
    return summing(inMemory(paths), (totals, bytes) => {
      for (const row of parse(bytes, { columns: true })) addDayText(totals, row.WDSP, row.WDSP_ATTRIBUTES);
    });
  },

  async 'ours from files'(paths, oursModule) {
    const { addObject } = await import(oursModule);
    return summing(paths, (totals, path) => addObject(totals, readObject(path)));
  },

  'read only': (paths) => () => {
    let bytes = 0;
    for (const path of paths) bytes += readObject(path).length;
    return { bytes };
  },

  async 'DuckDB from files'(paths) {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const sql = duckDbQuery(paths);
    return async () => {
      const [row] = (await connection.runAndReadAll(sql)).getRowObjects();
      return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
    };
  },
};

/** The contenders that read files; the others parse what is in memory. */
export const readingFiles = new Set(['ours from files', 'read only', 'DuckDB from files']);

const inMemory = (paths) => paths.map((path) => readFileSync(path));

function summing(objects, add) {
  return () => {
    const totals = noTotals();
    for (const object of objects) add(totals, object);
    return totals;
  };
}

/** One scan with the schema given and nothing sniffed, which is the fastest way to ask DuckDB. */
function duckDbQuery(paths) {
  const [header] = readFileSync(paths[0], 'latin1').split('\n', 1);
  const numbers = { WDSP: 'DOUBLE', WDSP_ATTRIBUTES: 'INTEGER' };
  const columns = header
    .replaceAll('"', '')
    .split(',')
    .map((name) => `'${name}': '${numbers[name] ?? 'VARCHAR'}'`);
  const files = paths.map((path) => `'${path.replaceAll("'", "''")}'`);
  const scan = `read_csv([${files}], columns = {${columns}}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"')`;
  return `
    WITH days AS (SELECT CAST(round(WDSP * 10) AS BIGINT) AS tenths, WDSP_ATTRIBUTES AS reports FROM ${scan})
    SELECT count(*) AS rows, count(*) FILTER (tenths <> 9999) AS days, sum(tenths) FILTER (tenths <> 9999) AS sumTenths,
      sum(tenths * reports) FILTER (tenths <> 9999) AS sumWeighted, sum(reports) FILTER (tenths <> 9999) AS reports
    FROM days`;
}
