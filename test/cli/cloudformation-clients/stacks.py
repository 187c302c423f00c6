"""Works with stacks by boto3 as a person would, and prints what it saw as JSON.

Fails as soon as a call or a waiter does.
"""

import json

import boto3
from botocore.exceptions import ClientError, WaiterError

client = boto3.client("cloudformation")
quickly = {"Delay": 1, "MaxAttempts": 60}


def parameters(count, value):
    """A template with many parameters: each is three events."""
    return json.dumps({
        "Resources": {
            f"Unit{number}": {
                "Type": "AWS::SSM::Parameter",
                "Properties": {"Name": f"/units/{number}", "Type": "String", "Value": value},
            }
            for number in range(count)
        },
        "Outputs": {"First": {"Value": {"Ref": "Unit0"}, "Export": {"Name": "first-unit"}}},
    })


def wait(name, **arguments):
    client.get_waiter(name).wait(WaiterConfig=quickly, **arguments)


def status():
    return client.describe_stacks(StackName="units")["Stacks"][0]["StackStatus"]


def refused(operation, **arguments):
    try:
        getattr(client, operation)(**arguments)
    except ClientError as error:
        answer = error.response
        return [answer["Error"]["Code"], answer["Error"]["Message"], answer["ResponseMetadata"]["HTTPStatusCode"]]
    raise AssertionError(f"{operation} was not refused")


def waiter_refused(name, **arguments):
    try:
        wait(name, **arguments)
    except WaiterError as error:
        return error.last_response["Status"]
    raise AssertionError(f"{name} was not refused")


seen = {"statuses": []}

stack_id = client.create_stack(StackName="units", TemplateBody=parameters(36, "knots"))["StackId"]
wait("stack_create_complete", StackName="units")
wait("stack_exists", StackName="units")
seen["statuses"].append(status())

client.update_stack(StackName="units", TemplateBody=parameters(36, "mph"))
wait("stack_update_complete", StackName="units")
seen["statuses"].append(status())
seen["no updates"] = refused("update_stack", StackName="units", TemplateBody=parameters(36, "mph"))

change = {"StackName": "units", "ChangeSetName": "fewer"}
client.create_change_set(TemplateBody=parameters(35, "mph"), **change)
wait("change_set_create_complete", **change)
seen["changes"] = [
    [each["ResourceChange"]["Action"], each["ResourceChange"]["LogicalResourceId"]]
    for each in client.describe_change_set(**change)["Changes"]
]
client.execute_change_set(**change)
wait("stack_update_complete", StackName="units")

change["ChangeSetName"] = "same"
client.create_change_set(UsePreviousTemplate=True, **change)
seen["same change set"] = waiter_refused("change_set_create_complete", **change)

pages = list(client.get_paginator("describe_stack_events").paginate(StackName="units"))
ids = [event["EventId"] for page in pages for event in page["StackEvents"]]
seen["events"] = {"pages": len(pages), "count": len(ids), "different": len(set(ids))}
resources = client.get_paginator("list_stack_resources").paginate(StackName="units")
seen["resources"] = sum(len(page["StackResourceSummaries"]) for page in resources)
stacks = client.get_paginator("list_stacks").paginate(StackStatusFilter=["UPDATE_COMPLETE"])
seen["stacks"] = [each["StackName"] for page in stacks for each in page["StackSummaries"]]
seen["exports"] = [each["Name"] for each in client.list_exports()["Exports"]]

drift = client.detect_stack_drift(StackName="units")["StackDriftDetectionId"]
described = client.describe_stack_drift_detection_status(StackDriftDetectionId=drift)
seen["drift"] = [described["DetectionStatus"], described["StackDriftStatus"]]

client.delete_stack(StackName="units")
wait("stack_delete_complete", StackName=stack_id)
seen["unknown"] = refused("describe_stacks", StackName="units")
seen["statuses"].append(client.describe_stacks(StackName=stack_id)["Stacks"][0]["StackStatus"])
seen["events_of_unknown"] = refused("describe_stack_events", StackName="units")
seen["update_of_unknown"] = refused("update_stack", StackName="units", TemplateBody=parameters(1, "mph"))
seen["long_name"] = refused("create_stack", StackName="a" * 129, TemplateBody=parameters(1, "mph"))
seen["bad_change_set"] = refused(
    "create_change_set",
    StackName="units",
    ChangeSetName="1st",
    ChangeSetType="CREATE",
    TemplateBody=parameters(1, "mph"),
)
seen["capabilities"] = refused(
    "create_stack",
    StackName="roles",
    TemplateBody=json.dumps(
        {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}}}
    ),
)
print(json.dumps(seen))
