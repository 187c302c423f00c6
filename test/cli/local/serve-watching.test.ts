import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RunFailed } from '../../../cli/failure.ts';
import { serveWatching } from '../../../cli/local/serve-watching.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A folder that is watched, what was built of it and served, and what was noted. */
function watched(build: (version: number) => string, serve: (built: string) => void = () => undefined) {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'rain'));
  const events: string[] = [];
  const waiting: { readonly event: RegExp; readonly resolve: () => void }[] = [];
  const tell = (event: string): void => {
    events.push(event);
    for (const { resolve } of waiting.filter((each) => each.event.test(event))) resolve();
  };
  const end = new AbortController();
  let version = 0;
  const done = serveWatching({
    paths: [join(root, 'rain')],
    root,
    build: () => Promise.resolve().then(() => build((version += 1))),
    serve: async (built, signal, ready) => {
      serve(built);
      tell(`serves ${built}`);
      ready();
      await once(signal, 'abort');
    },
    terminal: { note: tell },
    isReadOnce: (file) => file.endsWith('local.ts'),
    signal: end.signal,
  });
  return {
    root,
    done,
    events,
    save: (name = 'a.ts') => {
      writeFileSync(join(root, 'rain', name), String(Math.random()));
    },
    until: (event: RegExp) =>
      events.some((each) => event.test(each))
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ event, resolve })),
    end: async () => {
      end.abort();
      await done;
    },
  };
}

describe('a tenant that is watched', () => {
  test('is served, and served anew when a file of it is saved, which is named', async () => {
    const { save, until, events, end } = watched((version) => `version ${version}`);
    await until(/serves version 1/);
    save();
    await until(/running again/);
    await end();
    expect(events).toEqual([
      'serves version 1',
      'serves version 2',
      expect.stringMatching(/^rain\/a\.ts was saved: running again after [\d.]+ s$/),
    ]);
  });

  test('is served on while a version cannot be synthesized, and anew when it is corrected', async () => {
    const { save, until, events, end } = watched((version) => {
      if (version === 2) throw new RunFailed('cdk synth failed: a stage is missing');
      return `version ${version}`;
    });
    await until(/serves version 1/);
    save();
    await until(/still served/);
    save();
    await until(/running again/);
    await end();
    expect(events.slice(1, -1)).toEqual([
      'cdk synth failed: a stage is missing',
      'rain/a.ts was saved: the version before is still served',
      'serves version 3',
    ]);
  });

  test('is served as it was saved last, also if that was while it was built', async () => {
    let saveAgain = (): void => undefined;
    const { save, until, end } = watched((version) => {
      if (version === 2) saveAgain();
      return `version ${version}`;
    });
    saveAgain = () => {
      save('b.ts');
    };
    await until(/serves version 1/);
    save();
    await until(/serves version 3/);
    await end();
  });

  test('is served as it was saved before the first version was there', async () => {
    let saveAgain = (): void => undefined;
    const { save, until, end } = watched((version) => {
      if (version === 1) saveAgain();
      return `version ${version}`;
    });
    saveAgain = save;
    await until(/serves version 2/);
    await end();
  });

  test('is served again when its folder is back', async () => {
    const { root, until, events, save, end } = watched((version) => `version ${version}`);
    await until(/serves version 1/);
    renameSync(join(root, 'rain'), join(root, 'away'));
    await until(/serves version 2/);
    renameSync(join(root, 'away'), join(root, 'rain'));
    await until(/serves version 3/);
    save('b.ts');
    await until(/rain\/b\.ts was saved/);
    await end();
    expect(events[0]).toBe('serves version 1');
  });

  test('says so where a saved file is read only once', async () => {
    const { save, until, end } = watched((version) => `version ${version}`);
    await until(/serves version 1/);
    save('local.ts');
    await until(/^rain\/local\.ts was saved: running again after [\d.]+ s; start the command anew to read this file$/);
    await end();
  });

  test('waits for the next version when one is refused', async () => {
    const { save, until, events, end } = watched(
      (version) => `version ${version}`,
      (built) => {
        if (built === 'version 2') throw new RunFailed('the deployment was refused');
      },
    );
    await until(/serves version 1/);
    save();
    await until(/refused/);
    save('b.ts');
    await until(/serves version 3/);
    await end();
    expect(events).toContain('the deployment was refused');
    expect(events).toContain('nothing is served until the next save');
  });

  test('fails as its first version does', async () => {
    const first = watched(() => {
      throw new RunFailed('cdk synth failed');
    });
    await expect(first.done).rejects.toThrow('cdk synth failed');
    const refused = watched(
      () => 'version 1',
      () => {
        throw new RunFailed('the deployment was refused');
      },
    );
    await expect(refused.done).rejects.toThrow('the deployment was refused');
  });
});
