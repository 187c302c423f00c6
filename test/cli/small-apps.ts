import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import type { Stack as ResolvedStack } from '@crosswind/assembly/resolve';
import { stacksInOrder } from '@crosswind/assembly/stacks-in-order';
import { App, Stack } from 'aws-cdk-lib/core';

/** A small app of somebody else: one stack, and what is opaque in it. */
export interface SmallApp {
  /** Adds the constructs of the app; `directory` is an empty one for code. */
  readonly build: (stack: Stack, directory: string) => void;
  /** Type and path of each opaque resource, in order, with the reason where the row is about that. */
  readonly opaque: readonly string[];
  /**
   * Name of a state machine that succeeds.
   *
   * @default - none is run
   */
  readonly runs?: string;
}

export const region = 'eu-west-1';

/** An account for each app, so that none meets another. */
export const accountOf = (index: number): string => String(100_000_000_000 + index);

/**
 * Synthesizes all apps at once and returns the stack of each. A `package.json` of an ES module lies above the assembly, as
 * in many repositories.
 */
export function synthesizeSmallApps(apps: readonly SmallApp[], directory: string): readonly ResolvedStack[] {
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const outdir = join(directory, 'cdk.out');
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  apps.forEach(({ build }, index) => {
    const code = join(directory, `code-${index}`);
    mkdirSync(code);
    build(new Stack(app, `App${index}`, { env: { account: accountOf(index), region } }), code);
  });
  app.synth();
  const stacks = stacksInOrder(readAssembly(outdir)).flatMap((wave) => wave.stacks);
  return apps.map((_, index) => stacks.filter(({ name }) => name === `App${index}`)).flat();
}
