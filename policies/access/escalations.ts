/**
 * A way to more permissions than the own ones. It needs one action of each list. The lists follow Rhino Security Labs, "AWS
 * IAM Privilege Escalation: Methods and Mitigation", with what Bishop Fox ("iam-vulnerable") and Datadog
 * ("pathfinding.cloud") added; services that take a role since are from the Service Authorization Reference (dependent
 * action `iam:PassRole`).
 */
export interface Escalation {
  readonly needs: readonly (readonly string[])[];
}

const together = (...actions: readonly (string | readonly string[])[]): Escalation => ({
  needs: actions.map((action) => (typeof action === 'string' ? [action] : action)),
});

/** Actions that write what a principal may do or who may become it; each alone is a way, wherever it is broad. */
export const writingPermissions = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:AddUserToGroup',
  'iam:UpdateAssumeRolePolicy',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteUserPermissionsBoundary',
  'iam:PutRolePermissionsBoundary',
  'iam:PutUserPermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:DeleteUserPolicy',
  'iam:DetachUserPolicy',
] as const;

/** Actions that take over another principal; each alone is a way, wherever it is broad. */
export const takingOver = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:DeactivateMFADevice',
  'iam:UpdateSAMLProvider',
  'iam:UpdateOpenIDConnectProviderThumbprint',
  'iam:AddClientIDToOpenIDConnectProvider',
  'sts:AssumeRole',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'glue:UpdateDevEndpoint',
  'glue:UpdateJob',
  'codebuild:UpdateProject',
  'codebuild:StartBuild',
  'codebuild:StartBuildBatch',
  'states:UpdateStateMachine',
  'ecs:ExecuteCommand',
  'ssm:SendCommand',
  'ssm:StartSession',
  'ec2-instance-connect:SendSSHPublicKey',
  'ec2:ModifyInstanceAttribute',
  'cloudformation:UpdateStack',
  'cloudformation:SetStackPolicy',
  'organizations:DetachPolicy',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  'sso:CreateAccountAssignment',
] as const;

/** Runs code or calls as a role that it is passed, once the role may be passed. */
export const runningAs: readonly Escalation[] = [
  together('ec2:RunInstances'),
  together('ec2:AssociateIamInstanceProfile'),
  together('ec2:RequestSpotInstances'),
  together('autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'),
  together('lambda:CreateFunction', [
    'lambda:InvokeFunction',
    'lambda:AddPermission',
    'lambda:CreateEventSourceMapping',
    'lambda:CreateFunctionUrlConfig',
    'events:PutTargets',
  ]),
  together('lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionCode'),
  together('cloudformation:CreateStack'),
  together('cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'),
  together('cloudformation:CreateStackSet'),
  together('cloudformation:UpdateStackSet'),
  together('cloudformation:UpdateStack'),
  together('glue:CreateDevEndpoint'),
  together('glue:CreateSession', 'glue:RunStatement'),
  together(['glue:CreateJob', 'glue:UpdateJob'], ['glue:StartJobRun', 'glue:CreateTrigger']),
  together('datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'),
  together('sagemaker:CreateNotebookInstance'),
  together('sagemaker:CreateTrainingJob'),
  together('sagemaker:CreateProcessingJob'),
  together('ecs:RegisterTaskDefinition', ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService']),
  together(
    ['states:CreateStateMachine', 'states:UpdateStateMachine'],
    ['states:StartExecution', 'states:StartSyncExecution', 'states:TestState'],
  ),
  together('states:TestState'),
  together(
    ['codebuild:CreateProject', 'codebuild:UpdateProject'],
    ['codebuild:StartBuild', 'codebuild:StartBuildBatch'],
  ),
  together(['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline']),
  together('codestar:CreateProject'),
  together('ssm:StartAutomationExecution'),
  together(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule']),
  together('events:PutTargets'),
  together(['pipes:CreatePipe', 'pipes:UpdatePipe']),
  together('emr-serverless:StartJobRun'),
  together(['batch:RegisterJobDefinition'], 'batch:SubmitJob'),
  together('apprunner:CreateService'),
  together('elasticmapreduce:RunJobFlow'),
  together('bedrock-agentcore:CreateCodeInterpreter'),
];
