import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { CompletionItemKind, getLanguageService } from 'yaml-language-server';
import { platformJsonSchema } from '../../config/json-schema.ts';
import { platformText } from '../synthesized.ts';
import { contracts } from '../workloads.ts';

/** The language server of YAML with the schema of these workloads, as an editor configures it. */
function languageServer() {
  const server = getLanguageService({
    schemaRequestService: (uri) => Promise.reject(new Error(`the test reads no ${uri}`)),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  const schema = JSON.parse(platformJsonSchema(contracts)) as object;
  const schemas = [{ uri: 'file:///platform.schema.json', fileMatch: ['*'], schema }];
  server.configure({ completion: true, validate: true, schemas });
  return server;
}

const server = languageServer();

const beforeTenants = platformText.slice(0, platformText.indexOf('tenants:\n'));

/** The file with one tenant of a workload in wave dev, which has these lines there. */
const withTenant = (workload: string, ...lines: readonly string[]): string =>
  [
    `${beforeTenants}tenants:`,
    '  - name: some',
    `    workload: ${workload}`,
    '    owner: some-team',
    '    waves:',
    '      dev:',
    ...lines.map((line) => `        ${line}`),
    '',
  ].join('\n');

/** Completions that the editor offers at the mark `^`. */
async function offered(text: string): Promise<readonly string[]> {
  const at = text.indexOf('^');
  const document = documentOf(text.replace('^', ''));
  const { items } = await server.doComplete(document, document.positionAt(at), false);
  // The server offers the skeleton of an object, too, as its type.
  return items.flatMap(({ label, kind }) => (kind === CompletionItemKind.Class ? [] : [label])).sort();
}

/** Problems that the editor marks. */
async function marked(text: string): Promise<readonly string[]> {
  return (await server.doValidation(documentOf(text), false)).map(({ message }) => message);
}

/** The server keeps what it has parsed by address and version. */
let version = 0;
const documentOf = (text: string): TextDocument =>
  TextDocument.create('file:///platform.yaml', 'yaml', (version += 1), text);

const stages = { 'word-count': ['child', 'parent'], relay: ['entry', 'last', 'middle'], echo: ['only'] };

describe('an editor', () => {
  test.each([
    ['word-count', ['batchSize', 'logRetentionDays', 'maxConcurrency', 'toleratedFailurePercentage', 'years']],
    ['relay', ['greeting']],
    ['echo', []],
  ])('offers the settings of %s, and no others', async (workload, settings) => {
    expect(await offered(withTenant(workload, 'settings:', '  ^'))).toEqual(settings);
  });

  test.each(Object.entries(stages))('offers the stages of %s, and no others', async (workload, names) => {
    expect(await offered(withTenant(workload, '^'))).toEqual([...names, 'schedule', 'settings'].sort());
  });

  test('offers the values that a setting may have', async () => {
    const values = await offered(withTenant('word-count', 'settings:', '  logRetentionDays: ^'));
    expect(values).toEqual(['30', '365', '7', '90']);
  });

  test('offers the workloads of the clone', async () => {
    const names = await offered(withTenant('^'));
    expect(names).toEqual(['echo', 'orders', 'relay', 'word-count']);
  });

  test('marks a setting and a stage of another workload', async () => {
    const accounts = ['entry: a', 'middle: b', 'last: c'];
    expect(await marked(withTenant('relay', ...accounts, 'settings:', '  greeting: hello'))).toEqual([]);
    expect(await marked(withTenant('relay', ...accounts, 'settings:', '  batchSize: 5'))).toEqual([
      'Property batchSize is not allowed.',
    ]);
    expect(await marked(withTenant('relay', ...accounts, 'parent: d'))).toEqual(['Property parent is not allowed.']);
  });
});
