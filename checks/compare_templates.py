"""What two revisions of sam-template.yaml deploy differently, resource by resource. `checks/compare-templates` runs it."""
import difflib
import json
import os
import subprocess
import sys
from collections import Counter

from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

LOCAL = {"CodeUri": "s3://bucket/functions.zip", "DefinitionUri": "s3://bucket/definition.json"}  # what SAM CLI uploads


def transformed(revision):
    """The template as CloudFormation gets it, with the parameters' defaults where SAM looks at them."""
    text = open("sam-template.yaml").read() if revision == "." else subprocess.run(
        ["git", "show", f"{revision}:sam-template.yaml"], check=True, capture_output=True, text=True).stdout
    template = json.loads(json.dumps(yaml_parse(text)))  # what stood once behind a YAML alias stands in every place
    for place in [template["Globals"]["Function"], *(each["Properties"] for each in template["Resources"].values() if "Properties" in each)]:
        place.update({name: uploaded for name, uploaded in LOCAL.items() if name in place})
    return Translator({}, Parser()).translate(template, {})


def parts(template):
    for section in ("Parameters", "Conditions", "Resources", "Outputs"):
        for name, value in template[section].items():
            kind = f"{value['Type']} {name}" if section == "Resources" else f"{section} {name}"
            yield kind, json.dumps(value, indent=1, sort_keys=True).splitlines()


def main(before, after):
    old, new = dict(parts(transformed(before))), dict(parts(transformed(after)))
    became = Counter()
    for name in sorted(old.keys() | new.keys()):
        what = "removed" if name not in new else "added" if name not in old else "same" if old[name] == new[name] else "changed"
        became[what] += 1
        if what != "same":
            print(f"{what}: {name}")
        if what == "changed":
            lines = list(difflib.unified_diff(old[name], new[name], n=0, lineterm=""))[2:]
            print("\n".join(f"    {line}" for line in lines if not line.startswith("@@")))
    print(", ".join(f"{became[what]} {what}" for what in ("same", "changed", "added", "removed")))


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    main(*sys.argv[1:])
