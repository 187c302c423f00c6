import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Packages that Lambda's Node.js runtimes bring: the AWS SDK for JavaScript, version 3 (lambda-nodejs). */
const scopes = ['@aws-sdk', '@smithy'];

/** Links the runtime's packages that are installed next to the sandbox into the `node_modules` of a directory. */
export function linkRuntimeModules(directory: string): void {
  for (const scope of scopes) {
    const target = join(directory, 'node_modules', scope);
    mkdirSync(target, { recursive: true });
    const installed = (createRequire(import.meta.url).resolve.paths(`${scope}/`) ?? []).map((path) =>
      join(path, scope),
    );
    for (const source of installed.filter(existsSync)) {
      for (const name of readdirSync(source)) {
        if (!existsSync(join(target, name))) symlinkSync(join(source, name), join(target, name), 'junction');
      }
    }
  }
}

/** Error messages for a missing package: from Node.js, and from the function behind `AwsCustomResource` of the CDK. */
const absences = [
  /Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[\w-]+)/,
  /Package (@(?:aws-sdk|smithy)\/[\w-]+) does not exist/,
];

/** Reason that the sandbox cannot run code that failed with this message; undefined if AWS could not either. */
export function lackOf(message: string): string | undefined {
  const name = absences.map((absence) => absence.exec(message)?.[1]).find((found) => found !== undefined);
  return name && `Lambda brings the module ${name}, which is not installed with the sandbox`;
}
