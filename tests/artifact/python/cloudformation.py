"""Prints, as JSON, what AWS makes of a SAM template: cloudformation.py TEMPLATE [Parameter=value]...

    transformed  the CloudFormation template, by AWS's own translator, which the SAM CLI brings along
    deployed     that template once its conditions are known: without what they leave out, each Fn::If decided

Run by the Python of the SAM CLI. Asks nothing of AWS, and needs no credentials.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samcli.yamlhelper import yaml_parse  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

NO_VALUE = object()


def main(path, *overrides):
    with open(path, encoding="utf8") as file:
        template = yaml_parse(file.read())
    parameters = {name: declared.get("Default") for name, declared in template.get("Parameters", {}).items()}
    parameters |= dict(override.split("=", 1) for override in overrides)
    transformed = transform(with_code_in_s3(template), with_pseudo_parameters(parameters), NoManagedPolicies())
    evaluation = Evaluation(transformed, parameters)
    json.dump({"transformed": transformed, "deployed": evaluation.deployed()}, sys.stdout)


def with_code_in_s3(template):
    """The translator takes no path on this machine; a template that `sam package` has written names an object."""
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if "CodeUri" in properties and not str(properties["CodeUri"]).startswith("s3://"):
            properties["CodeUri"] = "s3://bucket/key"
    return template


def with_pseudo_parameters(parameters):
    return {**parameters, "AWS::Region": os.environ["AWS_DEFAULT_REGION"], "AWS::Partition": "aws"}


class NoManagedPolicies:
    def load(self):
        return {}


class Evaluation:
    """As much of CloudFormation's intrinsic functions as is known before there is a stack."""

    def __init__(self, template, parameters):
        self.template = template
        self.parameters = {name: str(value) for name, value in parameters.items()}

    def deployed(self):
        return {
            **self.template,
            "Resources": self._wanted(self.template["Resources"]),
            "Outputs": self._wanted(self.template["Outputs"]),
        }

    def _wanted(self, section):
        return {
            name: self._resolve(entry)
            for name, entry in section.items()
            if "Condition" not in entry or self._condition(entry["Condition"])
        }

    def _condition(self, name):
        return self._resolve(self.template["Conditions"][name])

    def _resolve(self, node):
        if isinstance(node, list):
            return [item for item in map(self._resolve, node) if item is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(name, argument)] = node.items()
            intrinsic = self._INTRINSICS.get(name)
            if intrinsic is not None:
                return intrinsic(self, argument)
        resolved = {key: self._resolve(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not NO_VALUE}

    def _ref(self, name):
        return NO_VALUE if name == "AWS::NoValue" else self.parameters.get(name, {"Ref": name})

    def _if(self, argument):
        condition, yes, no = argument
        return self._resolve(yes if self._condition(condition) else no)

    def _equals(self, argument):
        # CloudFormation compares values as text.
        left, right = self._resolve(argument)
        return str(left) == str(right)

    _INTRINSICS = {
        "Ref": _ref,
        "Fn::If": _if,
        "Fn::Equals": _equals,
        "Fn::Not": lambda self, argument: not self._resolve(argument)[0],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
