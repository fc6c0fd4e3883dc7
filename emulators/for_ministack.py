"""Leaves out of a template what ministack's CloudFormation refuses. Use, with SAM CLI's Python:  for_ministack.py TEMPLATE

- A saved query, AWS::Logs::QueryDefinition.
- An alarm over several metrics. It watches the first of them instead.
"""
import pathlib
import sys

from samcli.yamlhelper import yaml_dump, yaml_parse


def for_ministack(template):
    resources = template["Resources"]
    for name in [name for name, resource in resources.items() if resource["Type"] == "AWS::Logs::QueryDefinition"]:
        del resources[name]
    for resource in resources.values():
        if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]:
            first = next(query["MetricStat"] for query in resource["Properties"].pop("Metrics") if "MetricStat" in query)
            resource["Properties"].update(first["Metric"], Statistic=first["Stat"], Period=first["Period"])
    return template


if __name__ == "__main__":
    file = pathlib.Path(sys.argv[1])
    file.write_text(yaml_dump(for_ministack(yaml_parse(file.read_text()))))
