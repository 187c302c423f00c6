import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { permit } from '../aws-json/permit.ts';
import { assumed } from '../iam/assumed.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { RolePrincipal, Sessions } from '../iam/sessions.ts';
import type { Artifacts } from './artifacts.ts';
import { commandsOf, wordsOf } from './build-spec.ts';
import type { PipelineAction } from '@crosswind/assembly/pipelines';

/** A command of a build. */
export interface BuildCommand {
  readonly text: string;
  readonly words: readonly string[];
  /** The session of the project's role. */
  readonly principal: RolePrincipal;
  /** The directory of the source artifact. */
  readonly directory: string;
}

/**
 * Runs a command of a build.
 * @returns what it did, or undefined for a command that is not run here; throws if it fails
 */
export type RunCommand = (command: BuildCommand) => Promise<string | undefined>;

/** Lines for each thing that was done, and for each that is not run in the sandbox. */
export interface Done {
  readonly done: readonly string[];
  readonly notRun: readonly string[];
}

export interface BuildProps {
  readonly authorize: Authorize;
  readonly sessions: Sessions;
  readonly artifacts: Artifacts;
  readonly action: PipelineAction;
  /** Properties of the project (`AWS::CodeBuild::Project`). */
  readonly project: JsonObject;
  readonly projectArn: string;
  /** The session that starts it. */
  readonly starter: RolePrincipal;
  /** The directory of what it makes. */
  readonly output: string;
  readonly run: RunCommand;
}

/** Calls of the service role of a project for its log (CodeBuild User Guide: "Allow CodeBuild to interact with other services"). */
const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * A build that an action starts: its commands, as the project's role.
 * @returns what the commands did
 * @throws AwsJsonError or S3Error for a call that is denied, or what a command throws
 */
export async function build(props: BuildProps): Promise<Done> {
  const { authorize, sessions, artifacts, action, project, projectArn, starter, output, run } = props;
  const { region } = action;
  const caller = { principal: starter, region };
  // CodePipeline User Guide, "Add permissions to the CodePipeline service role": AWS CodeBuild.
  for (const call of ['codebuild:StartBuild', 'codebuild:BatchGetBuilds']) permit(authorize, caller, call, projectArn);
  const service = { kind: 'service', service: 'codebuild.amazonaws.com' } as const;
  const principal = assumed(sessions, service, textOf(project['ServiceRole']), 'AWSCodeBuild');
  const [, , , , account = ''] = projectArn.split(':');
  const name = projectArn.slice(projectArn.indexOf('/') + 1);
  const log = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:/aws/codebuild/${name}`;
  for (const call of logging) {
    permit(authorize, { principal, region }, call, call === 'logs:CreateLogGroup' ? log : `${log}:log-stream:build`);
  }
  const [directory = ''] = await Promise.all(action.inputs.map((input) => artifacts.read(principal, input, region)));
  const done: string[] = [];
  const notRun: string[] = [];
  for (const text of commandsOf(textOf(objectOf(project['Source'])['BuildSpec']), directory)) {
    const result = await run({ text, words: wordsOf(text), principal, directory });
    if (result === undefined) notRun.push(text);
    else done.push(result);
  }
  for (const made of action.outputs) await artifacts.write(principal, made, output);
  return { done, notRun };
}
