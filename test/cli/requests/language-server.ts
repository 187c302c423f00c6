import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A finding as an editor marks it (Language Server Protocol 3.17, "Diagnostic"). */
export interface Diagnostic {
  readonly code?: string;
  readonly message: string;
  readonly source: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Milliseconds between two looks at what the server has published. */
const pause = 50;

/** `cdk lsp` in a project, as an editor starts it, with a synthesis at each save. */
export async function languageServer(project: string) {
  const child = spawn(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'lsp'], {
    cwd: project,
    env: { PATH: process.env['PATH'], HOME: temporaryDirectory(), CROSSWIND_FINDINGS: 'all' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const marked = new Map<string, readonly Diagnostic[]>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: Published) => {
    const file = relative(project, fileURLToPath(uri));
    if (diagnostics.length === 0) marked.delete(file);
    else marked.set(file, diagnostics);
  });
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(project).href,
    capabilities: {},
    initializationOptions: { applicationDir: project },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendRequest('workspace/executeCommand', { command: 'cdk.explorer.enableAutoSynth', arguments: [] });

  return {
    /** Diagnostics by file, with the path from the project. */
    marked: marked as ReadonlyMap<string, readonly Diagnostic[]>,
    /** Saves a file, and waits until what is marked is as expected. It is left to the limit of the test how long. */
    async saved(file: string, expected: () => boolean): Promise<void> {
      const { href: uri } = pathToFileURL(join(project, file));
      await connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
      while (!expected()) await new Promise((resolve) => setTimeout(resolve, pause));
    },
    async close(): Promise<void> {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}
