"""Prints, as JSON, what an account holds of all that the template can make: moto_account.py ENDPOINT"""

import ast
import base64
import hashlib
import json
import sys

import boto3
from botocore.config import Config

config = Config(region_name="eu-central-1", retries={"total_max_attempts": 1}, proxies={})


def client(service):
    return boto3.client(service, endpoint_url=sys.argv[1], config=config)


cloudformation = client("cloudformation")
iam = client("iam")
functions = client("lambda")
cloudwatch = client("cloudwatch")
s3 = client("s3")


def stack_resources():
    """Their logical names. One that moto could not make is listed without its name."""
    listed = [
        resource
        for stack in cloudformation.describe_stacks()["Stacks"]
        for resource in cloudformation.describe_stack_resources(StackName=stack["StackName"])["StackResources"]
    ]
    return sorted(resource["LogicalResourceId"] for resource in listed if "LogicalResourceId" in resource)


def policies(role):
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    return {name: statements(iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]) for name in names}


def statements(document):
    # What CloudFormation has made, moto returns as Python writes it, and not as JSON.
    return (ast.literal_eval(document) if isinstance(document, str) else document)["Statement"]


def deployed(configuration):
    name = configuration["FunctionName"]
    concurrency = functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
    versions = functions.list_versions_by_function(FunctionName=name)["Versions"]
    return {
        **configuration,
        "concurrency": concurrency,
        "versions": [version["Version"] for version in versions],
        "permissions": permissions(name),
    }


def permissions(name):
    try:
        return json.loads(functions.get_policy(FunctionName=name)["Policy"])["Statement"]
    except functions.exceptions.ResourceNotFoundException:
        return []


def dashboard(entry):
    return json.loads(cloudwatch.get_dashboard(DashboardName=entry["DashboardName"])["DashboardBody"])


def uploads():
    """The hashes of all objects, as Lambda writes that of its code."""
    for bucket in s3.list_buckets()["Buckets"]:
        for entry in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            content = s3.get_object(Bucket=bucket["Name"], Key=entry["Key"])["Body"].read()
            yield base64.b64encode(hashlib.sha256(content).digest()).decode()


roles = iam.list_roles()["Roles"]
account = {
    "stackResources": stack_resources(),
    "roles": [{"arn": role["Arn"], "policies": policies(role["RoleName"])} for role in roles],
    "functions": [deployed(configuration) for configuration in functions.list_functions()["Functions"]],
    "logGroups": client("logs").describe_log_groups()["logGroups"],
    "alarms": cloudwatch.describe_alarms()["MetricAlarms"],
    "dashboards": [dashboard(entry) for entry in cloudwatch.list_dashboards()["DashboardEntries"]],
    "uploads": list(uploads()),
}
json.dump(account, sys.stdout, default=str)
