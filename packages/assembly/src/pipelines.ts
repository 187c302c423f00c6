import { type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** An action of a stage (CodePipeline API: "ActionDeclaration"). */
export interface PipelineAction {
  readonly stage: string;
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly runOrder: number;
  readonly region: string;
  /** The role that the pipeline's own assumes for it; undefined if it acts as that. */
  readonly roleArn: string | undefined;
  readonly configuration: JsonObject;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface PipelineStage {
  readonly name: string;
  /** By run order; those of one order run side by side. */
  readonly actions: readonly PipelineAction[];
}

/** Where a pipeline keeps artifacts for the actions of a region. */
export interface ArtifactPlace {
  readonly bucket: string;
  /** Id, ARN or alias ARN of the key; undefined for the bucket's default. */
  readonly keyId: string | undefined;
}

/** A pipeline as it is deployed (`AWS::CodePipeline::Pipeline`). */
export interface Pipeline {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  /** True if an execution begins again where it changes the pipeline. */
  readonly restartsOnUpdate: boolean;
  readonly stages: readonly PipelineStage[];
  /** By region; the pipeline's own is among them. */
  readonly artifacts: ReadonlyMap<string, ArtifactPlace>;
}

/** Reads a pipeline from its properties. */
export function pipelineOf(name: string, account: string, region: string, properties: JsonObject): Pipeline {
  const { RoleArn, RestartExecutionOnUpdate, Stages, ArtifactStore, ArtifactStores } = properties;
  const regional = listOf(ArtifactStores)
    .map(objectOf)
    .map((each): [string, ArtifactPlace] => [textOf(each['Region']), artifactPlace(objectOf(each['ArtifactStore']))]);
  return {
    name,
    account,
    region,
    roleArn: textOf(RoleArn),
    restartsOnUpdate: RestartExecutionOnUpdate === true || RestartExecutionOnUpdate === 'true',
    artifacts: new Map(ArtifactStore === undefined ? regional : [[region, artifactPlace(objectOf(ArtifactStore))]]),
    stages: listOf(Stages).map((stage) => stageOf(objectOf(stage), region)),
  };
}

const artifactPlace = ({ Location, EncryptionKey }: JsonObject): ArtifactPlace => ({
  bucket: textOf(Location),
  keyId: EncryptionKey === undefined ? undefined : textOf(objectOf(EncryptionKey)['Id']),
});

function stageOf({ Name, Actions }: JsonObject, region: string): PipelineStage {
  const name = textOf(Name);
  const actions = listOf(Actions).map((action) => actionOf(name, objectOf(action), region));
  return { name, actions: actions.sort((one, other) => one.runOrder - other.runOrder) };
}

function actionOf(stage: string, action: JsonObject, ownRegion: string): PipelineAction {
  const { Name, ActionTypeId, RunOrder = 1, Region = ownRegion, RoleArn, Configuration } = action;
  const { Category, Provider } = objectOf(ActionTypeId);
  return {
    stage,
    name: textOf(Name),
    category: textOf(Category),
    provider: textOf(Provider),
    runOrder: Number(RunOrder),
    region: textOf(Region),
    roleArn: RoleArn === undefined ? undefined : textOf(RoleArn),
    configuration: objectOf(Configuration),
    inputs: namesIn(action['InputArtifacts']),
    outputs: namesIn(action['OutputArtifacts']),
  };
}

const namesIn = (artifacts: Json | undefined): readonly string[] =>
  listOf(artifacts).map((artifact) => textOf(objectOf(artifact)['Name']));
