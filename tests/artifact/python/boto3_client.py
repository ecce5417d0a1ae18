"""Calls the Lambda API at the given endpoint with boto3, and prints what it received as JSON."""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(region_name="us-east-1", retries={"total_max_attempts": 1}, proxies={})
client = boto3.client("lambda", endpoint_url=sys.argv[1], config=config)
name = sys.argv[2]


def invoke(**arguments):
    answer = client.invoke(FunctionName=name, **arguments)
    return {
        "StatusCode": answer["StatusCode"],
        "FunctionError": answer.get("FunctionError"),
        "ExecutedVersion": answer.get("ExecutedVersion"),
        "hasLog": "LogResult" in answer,
        "Payload": answer["Payload"].read().decode(),
    }


def error_of(**arguments):
    try:
        client.invoke(**arguments)
    except ClientError as error:
        return {"type": type(error).__name__, "message": error.response["Error"]["Message"]}


def stream(payload):
    answer = client.invoke_with_response_stream(FunctionName=name, Payload=payload)
    chunks = []
    for event in answer["EventStream"]:
        if "PayloadChunk" in event:
            chunks.append(event["PayloadChunk"]["Payload"].decode())
        else:
            complete = event["InvokeComplete"]
    return {"text": "".join(chunks), "ErrorCode": complete.get("ErrorCode")}


print(
    json.dumps(
        {
            "answered": invoke(Payload=b'{"name": "Gr\\u00fc\\u00dfe"}', LogType="Tail", Qualifier="$LATEST"),
            "failed": invoke(Payload=b'{"fail": true}'),
            "event": invoke(Payload=b'{"name": "later"}', InvocationType="Event"),
            "dryRun": invoke(InvocationType="DryRun"),
            "unknown": error_of(FunctionName="Nobody"),
            "notJson": error_of(FunctionName=name, Payload=b"{"),
            "streamed": stream(b'{"name": "you"}'),
            "brokenOff": stream(b'{"name": "you", "failHalfWay": true}'),
        }
    )
)
