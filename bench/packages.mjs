import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs what the bench compares with, unless it is there. package.json pins every package; there is no lock file,
 * because one that is written on one platform lacks DuckDB's binaries for the others where a mirror does not have them.
 */
export function installPackages() {
  if (existsSync(`${import.meta.dirname}/node_modules`)) return;
  console.error('installing the packages of bench/ …');
  const install = ['install', '--no-package-lock', '--no-audit', '--no-fund'];
  execFileSync('npm', install, { cwd: import.meta.dirname, stdio: ['ignore', 2, 2] });
}
