"""Calls a sandbox with botocore and checks each answer against the output shape of botocore's model.

Reads calls as JSON from standard input: [[service, operation, parameters], ...]. Prints what is wrong, one line each.
"""

import json
import os
import sys
from xml.etree import ElementTree

import botocore
import botocore.session
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

session = botocore.session.get_session()

# Older models lack members that AWS has added since.
is_current = tuple(int(part) for part in botocore.__version__.split(".")[:2]) >= (1, 40)


def unknown_members(value, shape, path):
    """Members of raw JSON that the model does not have: parsers drop them."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, inner in value.items():
            if name in shape.members:
                yield from unknown_members(inner, shape.members[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is not in the model"
    elif shape.type_name == "list" and isinstance(value, list):
        for index, inner in enumerate(value):
            yield from unknown_members(inner, shape.member, f"{path}[{index}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        for name, inner in value.items():
            yield from unknown_members(inner, shape.value, f"{path}.{name}")


def local(element):
    return element.tag.rpartition("}")[2]


def unknown_elements(element, shape, path):
    """The same for XML."""
    if shape.type_name == "structure":
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, member in shape.members.items():
            if member.type_name == "list" and member.serialization.get("flattened"):
                members[member.serialization.get("name") or member.member.serialization.get("name", name)] = member.member
        for child in element:
            name = local(child)
            if name in members:
                yield from unknown_elements(child, members[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is not in the model"
    elif shape.type_name == "list":
        for child in element:
            if local(child) == shape.member.serialization.get("name", "member"):
                yield from unknown_elements(child, shape.member, f"{path}[]")
            else:
                yield f"{path}: {local(child)} is not an item of the list"


def unknown_in(body, content_type, protocol, shape):
    if "json" in content_type:
        yield from unknown_members(json.loads(body), shape, "")
    if "xml" in content_type and body and protocol in ("query", "rest-xml"):
        root = ElementTree.fromstring(body)
        if protocol == "query":
            root = root.find(f"{{*}}{shape.serialization.get('resultWrapper')}")
        payload = shape.serialization.get("payload")
        yield from unknown_elements(root, shape.members[payload] if payload else shape, "")


def problems_of(service, operation, parameters):
    # Versions before 1.31 do not read the variable.
    client = session.create_client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    if operation not in client.meta.service_model.operation_names:
        return
    raw = {}
    client.meta.events.register("before-parse", lambda response_dict, **_: raw.update(response_dict))
    place = f"{service} {operation}"
    try:
        answer = client._make_api_call(operation, parameters)
    except ClientError as error:
        yield f"{place}: {error}"
        return
    shape = client.meta.service_model.operation_model(operation).output_shape
    metadata = answer.pop("ResponseMetadata")
    if not metadata.get("RequestId"):
        yield f"{place}: no request id"
    if shape is None:
        return
    for name, member in shape.members.items():
        if member.serialization.get("streaming"):
            answer.pop(name, None)
    report = ParamValidator().validate(answer, shape)
    if report.has_errors():
        yield f"{place}: {report.generate_report()}"
    if is_current and isinstance(raw.get("body"), bytes):
        content_type = raw["headers"].get("content-type", "")
        protocol = client.meta.service_model.protocol
        found = unknown_in(raw["body"], content_type, protocol, shape)
        yield from (f"{place}: {problem}" for problem in found)


count = 0
for service, operation, parameters in json.load(sys.stdin):
    count += 1
    for problem in problems_of(service, operation, parameters):
        print(problem)
print(f"{count} answers")
