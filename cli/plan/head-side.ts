import { hasFailedChecks, isAssembly, type BaseProps, type Side } from '../base/side.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import { synthesize } from '../local/synthesize.ts';
import { platformIn } from '../platform/platform-in.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

type HeadProps = BaseProps & Required<Pick<BaseProps, 'file'>>;

/** The side of the change: an assembly, or this clone as it is, synthesized until the command ends. */
export async function headSide(assembly: string | undefined, props: HeadProps): Promise<Side> {
  const { clone } = props;
  const directory = assembly ?? (await synthesized(props));
  if (!isAssembly(directory)) {
    throw new WrongInput(`--assembly ${directory} is no cloud assembly: name the output of \`npx cdk synth\``);
  }
  return { name: assembly ?? 'this clone', directory, platform: platformIn(directory), clone };
}

/** Findings of checks do not matter, because the assembly is there. */
async function synthesized({ clone, file, terminal, cleanUp }: HeadProps): Promise<string> {
  const { path } = await cleanUp.use(temporaryDirectory());
  terminal.progress('synthesizing the platform: cdk synth');
  await synthesize({ clone, file, directory: path, signal: cleanUp.signal }).catch((error: unknown) => {
    if (!(error instanceof RunFailed) || !hasFailedChecks(path) || cleanUp.signal.aborted) throw error;
    terminal.note('note: the platform does not pass its checks; run `npx crosswind check` to see why');
  });
  return path;
}
