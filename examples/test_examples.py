"""Tests the examples; started by `examples/check`, which provides cfn-lint, checkov and python-hcl2."""

import difflib
import http.server
import importlib.machinery
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import hcl2
import pytest
from cfnlint.decode import cfn_yaml

EXAMPLES = Path(__file__).resolve().parent
SAM_TEMPLATE = EXAMPLES.parent / "sam-template.yaml"
ARTICLE = EXAMPLES.parent / "docs" / "article.ja.md"
CLOUDFORMATION = EXAMPLES / "cloudformation" / "auto-scaling-group.yaml"
EVENTS = EXAMPLES / "events" / "on-association.yaml"
TERRAFORM = EXAMPLES / "terraform"
MODULE = EXAMPLES.parent / "terraform"
SCRIPT = EXAMPLES / "systemd" / "wait-for-internet"
UNIT = EXAMPLES / "systemd" / "wait-for-internet.service"
INSTALLED_SCRIPT = "usr/local/bin/wait-for-internet"
INSTALLED_UNIT = "etc/systemd/system/wait-for-internet.service"
USER_DATA_LIMIT = 16384  # bytes before base64, of EC2


def run(*command, **options):
    options = {"stdin": subprocess.DEVNULL, "timeout": 300} | options
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


# ------------------------------------------------------------------ the CloudFormation example


class Template:
    """A CloudFormation template with values for its parameters: the defaults, or others."""

    def __init__(self, path, **values):
        self.template = cfn_yaml.load(str(path))
        self.values = {name: p.get("Default") for name, p in self.template["Parameters"].items()}
        assert values.keys() <= self.values.keys(), f"no such parameter of {path.name}: {values}"
        self.values |= values

    def resources(self, kind):
        """Properties of the resources of that kind that exist under the conditions."""
        return [
            self.resolve(resource.get("Properties", {}))
            for resource in self.template["Resources"].values()
            if resource["Type"] == kind and ("Condition" not in resource or self.holds(resource["Condition"]))
        ]

    def only(self, kind):
        found = self.resources(kind)
        assert len(found) == 1, f"number of {kind} in {CLOUDFORMATION.name}"
        return found[0]

    def resolve(self, value):
        if isinstance(value, list):
            items = [self.resolve(item) for item in value]
            return [item for item in items if item != {"Ref": "AWS::NoValue"}]
        if not isinstance(value, dict):
            return value
        if list(value) == ["Fn::If"]:
            condition, held, otherwise = value["Fn::If"]
            return self.resolve(held if self.holds(condition) else otherwise)
        value = {key: self.resolve(item) for key, item in value.items()}
        if list(value) == ["Ref"] and value["Ref"] in self.values:
            return self.values[value["Ref"]]
        if list(value) == ["Fn::FindInMap"]:
            name, line, column = map(str, value["Fn::FindInMap"])
            return self.template["Mappings"][name][line][column]
        return value

    def holds(self, condition):
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition])
        ((function, argument),) = condition.items()
        if function == "Condition":
            return self.holds(argument)
        if function == "Fn::Not":
            return not self.holds(argument[0])
        if function == "Fn::And":
            return all(self.holds(item) for item in argument)
        if function == "Fn::Equals":
            left, right = self.resolve(argument)
            return str(left) == str(right)
        pytest.fail(f"condition with {function} is not understood here")


def cloudformation_settings():
    template = Template(CLOUDFORMATION)
    group = template.only("AWS::AutoScaling::AutoScalingGroup")
    launch = template.only("AWS::EC2::LaunchTemplate")["LaunchTemplateData"]
    (hook,) = group["LifecycleHookSpecificationList"]
    (interface,) = launch["NetworkInterfaces"]
    (mapping,) = launch["BlockDeviceMappings"]
    subnets = template.resources("AWS::EC2::Subnet")
    addresses = template.resources("AWS::EC2::EIP")
    key, value = template.values["EipTagKey"], template.values["EipTagValue"]
    return {
        "hook name": hook["LifecycleHookName"],
        "hook transition": hook["LifecycleTransition"],
        "hook default result": hook["DefaultResult"],
        "hook heartbeat": hook["HeartbeatTimeout"],
        "pool tag": f"{key}={value}",
        "pool size": sum({"Key": key, "Value": value} in address["Tags"] for address in addresses),
        "min size": group["MinSize"],
        "max size": group["MaxSize"],
        "min healthy percentage": group["InstanceMaintenancePolicy"]["MinHealthyPercentage"],
        "max healthy percentage": group["InstanceMaintenancePolicy"]["MaxHealthyPercentage"],
        "public subnets": len(subnets),
        "automatic public address of a subnet": any(subnet["MapPublicIpOnLaunch"] for subnet in subnets),
        "automatic public address of an instance": interface["AssociatePublicIpAddress"],
        "metadata tokens": launch["MetadataOptions"]["HttpTokens"],
        "metadata hop limit": launch["MetadataOptions"]["HttpPutResponseHopLimit"],
        "encrypted volume": mapping["Ebs"]["Encrypted"],
        "instance type": launch["InstanceType"],
        "image parameter": launch["ImageId"],
        "address range": template.only("AWS::EC2::VPC")["CidrBlock"],
    }


def cloudformation_user_data():
    launch = Template(CLOUDFORMATION).only("AWS::EC2::LaunchTemplate")["LaunchTemplateData"]
    return launch["UserData"]["Fn::Base64"]


# ------------------------------------------------------------------ the Terraform example


class Configuration:
    """The Terraform example with its variables at their defaults."""

    def __init__(self):
        self.blocks = {"resource": {}, "data": {}, "variable": {}, "output": {}, "terraform": {}, "provider": {}}
        for file in sorted(TERRAFORM.glob("*.tf")):
            with file.open() as source:
                for kind, blocks in hcl2.load(source).items():
                    for block in blocks if isinstance(blocks, list) and kind in self.blocks else []:
                        self.add(kind, block)
        self.defaults = {name: self.resolve(v["default"]) for name, v in self.blocks["variable"].items()}

    def add(self, kind, block):
        if kind == "terraform":
            self.blocks[kind] = block
            return
        for label, body in block.items():
            if label.startswith("__"):
                continue
            entry = self.blocks[kind].setdefault(label.strip('"'), {})
            entry |= {key.strip('"'): value for key, value in body.items()}

    def resource(self, kind, name):
        assert name in self.blocks["resource"].get(kind, {}), f"no {kind}.{name}"
        return {key: self.resolve(value) for key, value in self.blocks["resource"][kind][name].items()}

    def resolve(self, value):
        """Strings, variables and sums of variables; any other expression stays as it is written."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if isinstance(value, dict):
            return {self.resolve(key): self.resolve(item) for key, item in value.items()}
        if not isinstance(value, str):
            return value
        if re.fullmatch(r'"[^"$]*"', value):
            return value[1:-1]
        expression = re.fullmatch(r"\$\{(.*)\}", value, re.DOTALL)
        if expression:
            terms = [re.fullmatch(r"\(?var\.(\w+)\)?", term) for term in expression[1].split(" + ")]
            if all(terms):
                values = [self.defaults[term[1]] for term in terms]
                return values[0] if len(values) == 1 else sum(values)
        return value


def terraform_settings():
    configuration = Configuration()
    group = configuration.resource("aws_autoscaling_group", "this")
    launch = configuration.resource("aws_launch_template", "this")
    pool = configuration.resource("aws_eip", "pool")
    subnets = configuration.resource("aws_subnet", "public")
    (hook,) = group["initial_lifecycle_hook"]
    (policy,) = group["instance_maintenance_policy"]
    (interface,) = launch["network_interfaces"]
    (mapping,) = launch["block_device_mappings"]
    (metadata,) = launch["metadata_options"]
    key = configuration.defaults["eip_tag_key"]
    image = configuration.blocks["data"]["aws_ssm_parameter"]["image"]["name"]
    return {
        "hook name": hook["name"],
        "hook transition": hook["lifecycle_transition"],
        "hook default result": hook["default_result"],
        "hook heartbeat": hook["heartbeat_timeout"],
        "pool tag": f"{key}={pool['tags'].get(key)}",
        "pool size": pool["count"],
        "min size": group["min_size"],
        "max size": group["max_size"],
        "min healthy percentage": policy["min_healthy_percentage"],
        "max healthy percentage": policy["max_healthy_percentage"],
        "public subnets": subnets["count"],
        "automatic public address of a subnet": subnets["map_public_ip_on_launch"],
        "automatic public address of an instance": interface["associate_public_ip_address"],
        "metadata tokens": metadata["http_tokens"],
        "metadata hop limit": metadata["http_put_response_hop_limit"],
        "encrypted volume": mapping["ebs"][0]["encrypted"],
        "instance type": launch["instance_type"],
        "image parameter": configuration.resolve(image),
        "address range": configuration.resource("aws_vpc", "this")["cidr_block"],
    }


def terraform_user_data():
    """The user data as Terraform renders it: templatefile() over file(), which is all that it uses."""
    expression = Configuration().resource("aws_launch_template", "this")["user_data"]
    template = re.search(r'base64encode\(templatefile\("\$\{path\.module\}/([^"]+)"', expression)
    assert template, f"user_data is not understood here: {expression}"
    text = (TERRAFORM / template[1]).read_text()
    for name, path in re.findall(r'(\w+) = chomp\(file\("\$\{path\.module\}/([^"]+)"\)\)', expression):
        text = text.replace("${" + name + "}", (TERRAFORM / path).read_text().rstrip("\n"))
    return text


# ------------------------------------------------------------------ linters


def test_cfn_lint():
    """Cfn-lint: no finding in the CloudFormation examples."""
    result = run(Path(sys.executable).with_name("cfn-lint"), "--non-zero-exit-code", "informational", CLOUDFORMATION, EVENTS)
    assert result.returncode == 0 and not result.stdout.strip(), result.stdout + result.stderr


def checkov(framework, path, least=10):
    option = "-d" if path.is_dir() else "-f"
    result = run(os.environ["CHECKOV"], option, path, "--framework", framework, "-o", "json", "--skip-download")
    assert result.stdout.strip().startswith("{"), f"no report: {result.stdout}{result.stderr}"
    report = json.loads(result.stdout)
    summary, checks = report.get("summary", report), report.get("results", {})
    failures = [f"{c['check_id']} {c['resource']}: {c['check_name']}" for c in checks.get("failed_checks", [])]
    assert not failures, "\n".join(failures)
    assert summary["parsing_errors"] == 0, "the parser of checkov gave up"
    assert summary["passed"] >= least, f"only {summary['passed']} checks ran"
    for skipped in checks.get("skipped_checks", []):
        reason = skipped["check_result"].get("suppress_comment", "")
        assert len(reason.split()) > 3, f"{skipped['check_id']} is skipped for {skipped['resource']} without a reason"


def test_checkov_cloudformation():
    """Checkov: no failed check in the CloudFormation example, a reason beside each skipped one."""
    checkov("cloudformation", CLOUDFORMATION)


def test_checkov_terraform():
    """Checkov: no failed check in the Terraform example, a reason beside each skipped one."""
    checkov("terraform", TERRAFORM)


def test_checkov_module():
    """Checkov: no failed check in the Terraform module, a reason beside each skipped one."""
    checkov("terraform", MODULE, least=4)


def test_terraform_format():
    """Terraform fmt: nothing to change."""
    if not shutil.which("terraform"):
        pytest.skip("terraform is not installed")
    for folder in TERRAFORM, MODULE:
        result = run("terraform", "fmt", "-check", "-diff", folder)
        assert result.returncode == 0, result.stdout + result.stderr


def test_terraform_validate():
    """Terraform validate: the example and the module that it uses."""
    if not shutil.which("terraform"):
        pytest.skip("terraform is not installed")
    with tempfile.TemporaryDirectory() as folder:
        for source in TERRAFORM, MODULE, SCRIPT.parent:  # init writes beside what it reads
            shutil.copytree(source, Path(folder) / source.relative_to(EXAMPLES.parent), ignore=shutil.ignore_patterns(".terraform*"))
        chdir = f"-chdir={Path(folder) / TERRAFORM.relative_to(EXAMPLES.parent)}"
        result = run("terraform", chdir, "init", "-backend=false", "-input=false", "-no-color")
        if result.returncode and ("registry" in result.stderr and "could not" in result.stderr.lower()):
            pytest.skip("no provider: the registry does not answer")
        assert result.returncode == 0, result.stdout + result.stderr
        result = run("terraform", chdir, "validate", "-no-color")
        assert result.returncode == 0, result.stdout + result.stderr


def test_ranges():
    """Terraform: a range of providers and of versions, the same for the example and the module."""
    assert (TERRAFORM / "versions.tf").read_text().split("\n# Region")[0].strip() == (MODULE / "versions.tf").read_text().strip(), "versions"
    versions = re.findall(r' version = "(.*)"', (MODULE / "versions.tf").read_text())
    assert versions and all(re.fullmatch(r">= \d+\.\d+, < \d+\.0", version) for version in versions), f"no range: {versions}"


def test_module_is_the_templates():
    """Terraform: the module's variables and outputs are the template's parameters and outputs."""
    parameters = Template(SAM_TEMPLATE).template["Parameters"]
    with (MODULE / "variables.tf").open() as source:
        parsed = hcl2.load(source)
    variables = {label.strip('"'): body for block in parsed["variable"] for label, body in block.items()}
    snake = {name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name in parameters}
    assert list(variables) == list(snake.values()), "list of variables"
    for name, parameter in parameters.items():
        variable = variables[snake[name]]
        wanted = parameter["Default"]
        if parameter["Type"] == "CommaDelimitedList":
            wanted = [each for each in str(wanted).split(",") if each]
        found = variable["default"]
        found = [each.strip('"') for each in found] if isinstance(found, list) else str(found).strip('"')
        assert found == (wanted if isinstance(wanted, list) else str(wanted)), f"default of {snake[name]}"
        limits = {"AllowedPattern", "AllowedValues", "MinValue", "MaxValue"} & set(parameter)
        assert bool(limits) == ("validation" in variable), f"{snake[name]}: limits {limits}, validation {variable.get('validation')}"
    loader = importlib.machinery.SourceFileLoader("generate", str(MODULE / "generate"))
    generate = importlib.util.module_from_spec(importlib.util.spec_from_loader("generate", loader))
    loader.exec_module(generate)
    for name, content in generate.written().items():
        assert (MODULE / name).read_text() == content, f"{name}, after terraform/generate,"


# ------------------------------------------------------------------ values

FIXED = {
    "hook transition": "autoscaling:EC2_INSTANCE_LAUNCHING",
    "hook default result": "ABANDON",
    "public subnets": 2,
    "automatic public address of a subnet": False,
    "automatic public address of an instance": False,
    "metadata tokens": "required",
    "metadata hop limit": 1,
    "encrypted volume": True,
}


def sam_defaults():
    defaults = Template(SAM_TEMPLATE).values
    return {
        "hook name": defaults["HookNames"],
        "hook heartbeat": defaults["HeartbeatSeconds"],
        "pool tag": f"{defaults['EipTagKey']}={defaults['EipTagValue']}",
    }


def test_same_values():
    """Both examples have the same values."""
    terraform, cloudformation = terraform_settings(), cloudformation_settings()
    assert list(terraform) == list(cloudformation), "list of settings"
    differences = [
        f"{name}: CloudFormation {cloudformation[name]!r}, Terraform {terraform[name]!r}"
        for name in cloudformation
        if str(cloudformation[name]) != str(terraform[name])
    ]
    assert not differences, "\n".join(differences)


def test_fit_the_stack():
    """Both examples fit the defaults of sam-template.yaml: hook name, heartbeat, tag of the pool."""
    for settings in cloudformation_settings(), terraform_settings():
        for name, value in sam_defaults().items():
            assert settings[name] == value, name


def test_fixed_values():
    """Both examples: launch hook with ABANDON, IMDSv2, encrypted volume, no automatic public address."""
    for settings in cloudformation_settings(), terraform_settings():
        for name, value in FIXED.items():
            assert settings[name] == value, name


def test_terminating_hook():
    """Both examples can have a terminating hook with CONTINUE beside it, for early release."""
    name = "disassociate-eip"
    group = Template(CLOUDFORMATION, TerminateHookName=name).only("AWS::AutoScaling::AutoScalingGroup")
    _, hook = group["LifecycleHookSpecificationList"]
    (dynamic,) = Configuration().resource("aws_autoscaling_group", "this")["dynamic"]
    (content,) = dynamic["initial_lifecycle_hook"]["content"]
    assert hook["LifecycleTransition"] == "autoscaling:EC2_INSTANCE_TERMINATING", "transition"
    assert hook["DefaultResult"] == "CONTINUE", "default result"
    assert content["lifecycle_transition"] == hook["LifecycleTransition"], "Terraform's transition"
    assert content["default_result"] == hook["DefaultResult"], "Terraform's default result"
    assert str(content["heartbeat_timeout"]) == str(hook["HeartbeatTimeout"]), "Terraform's heartbeat"


def test_hook_at_creation():
    """Both examples set the hook when the group is created, not in a resource of its own."""
    types = {resource["Type"] for resource in Template(CLOUDFORMATION).template["Resources"].values()}
    assert "AWS::AutoScaling::LifecycleHook" not in types, "there is an AWS::AutoScaling::LifecycleHook"
    types = Configuration().blocks["resource"]
    assert "aws_autoscaling_lifecycle_hook" not in types, "there is an aws_autoscaling_lifecycle_hook"


def test_no_permission():
    """Both examples give the instance no permission."""
    role = Template(CLOUDFORMATION).only("AWS::IAM::Role")
    assert list(role) == ["AssumeRolePolicyDocument"], "what the CloudFormation role has"
    for kind in "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy":
        assert not Template(CLOUDFORMATION).resources(kind), kind
    resources = Configuration().blocks["resource"]
    kinds = {kind for kind in resources if kind.startswith("aws_iam_")}
    assert kinds == {"aws_iam_role", "aws_iam_instance_profile"}, "what the Terraform example has of IAM"
    role = set(Configuration().resource("aws_iam_role", "instance")) - {"__comments__", "__is_block__"}
    assert role == {"name_prefix", "assume_role_policy"}, "what the Terraform role has"


def test_pool_size():
    """The pool has MaxSize + Surge addresses, each tagged and listed in the output, for every choice."""
    parameters = cfn_yaml.load(str(CLOUDFORMATION))["Parameters"]
    for most in parameters["MaxSize"]["AllowedValues"]:
        for surge in parameters["Surge"]["AllowedValues"]:
            template = Template(CLOUDFORMATION, MaxSize=most, Surge=surge, EipTagKey="Pool", EipTagValue="some")
            pool = [a for a in template.resources("AWS::EC2::EIP") if {"Key": "Pool", "Value": "some"} in a["Tags"]]
            assert len(pool) == most + surge, f"pool for MaxSize {most} and Surge {surge}"
            _, listed = template.template["Outputs"]["PoolAddresses"]["Value"]["Fn::Join"]
            listed = [item.get("Fn::If", ["", item]) for item in listed]
            listed = {item["Ref"] for condition, item, *_ in listed if not condition or template.holds(condition)}
            wanted = {f"Address{n}" for n in range(1, most + surge + 1)}
            assert listed == wanted, f"what is listed for MaxSize {most} and Surge {surge}"
    count = Configuration().blocks["resource"]["aws_eip"]["pool"]["count"]
    assert count == "${var.max_size + var.surge}", "Terraform's count"


def test_pool_outlives_the_group():
    """Both examples delete the group before any address of the pool, which its instances use: the group refers to each."""
    template = Template(CLOUDFORMATION).template
    (group,) = [each for each in template["Resources"].values() if each["Type"] == "AWS::AutoScaling::AutoScalingGroup"]
    _, listed = template["Outputs"]["PoolAddresses"]["Value"]["Fn::Join"]
    assert group["Metadata"]["Pool"] == listed, "what the CloudFormation group refers to"
    assert "${aws_eip.pool}" in Configuration().resource("aws_autoscaling_group", "this")["depends_on"], "Terraform's group"


def test_pool_table():
    """README.md: every line of the table of pools adds up."""
    lines = re.findall(r"^\|[^|]+\|((?: \d+ \|){6})$", (EXAMPLES / "README.md").read_text(), re.MULTILINE)
    assert len(lines) >= 3, "no table of pools"
    for line in lines:
        most, release, replacement, growth, surge, pool = map(int, re.findall(r"\d+", line))
        assert (surge, pool) == (release + replacement + growth, most + surge), f"Surge and pool of |{line}"


def test_article_settings():
    """docs/article.ja.md: the parameters named for the article's settings exist, with these defaults."""
    lines = re.findall(r"^\|[^|]+\| `(\w+)`[^|]*\| (?:`([^`]+)`|\(.*\)) \|$", ARTICLE.read_text(), re.MULTILINE)
    assert len(lines) >= 5, "no table of settings"
    defaults = Template(SAM_TEMPLATE).values
    for name, default in lines:
        assert name in defaults, f"sam-template.yaml has no {name}"
        assert default == str(defaults[name]), name


# ------------------------------------------------------------------ user data


def test_same_user_data():
    """The user data of both examples is the same text, and short enough for EC2."""
    texts = [text.splitlines() for text in (cloudformation_user_data(), terraform_user_data())]
    difference = difflib.unified_diff(*texts, "CloudFormation", "Terraform", lineterm="", n=0)
    assert texts[0] == texts[1], "\n".join(difference)
    size = len(cloudformation_user_data().encode())
    assert size <= USER_DATA_LIMIT, f"{size} bytes, {USER_DATA_LIMIT} at most"


def installs_the_files(user_data):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for directory in INSTALLED_SCRIPT, INSTALLED_UNIT, "bin/systemctl":
            (root / directory).parent.mkdir(parents=True, exist_ok=True)
        (root / "bin/systemctl").write_text(f'#!/bin/sh\necho "$*" >>{root}/systemctl.log\n')
        (root / "bin/systemctl").chmod(0o755)
        redirected = re.sub(r"^(cat >|chmod \d+ )/", rf"\g<1>{root}/", user_data, flags=re.MULTILINE)
        result = run("bash", "-c", redirected, env={"PATH": f"{root}/bin:{os.environ['PATH']}"})
        assert result.returncode == 0, result.stderr
        for installed, source, mode in (INSTALLED_SCRIPT, SCRIPT, 0o755), (INSTALLED_UNIT, UNIT, 0o644):
            assert (root / installed).read_bytes() == source.read_bytes(), f"/{installed} differs from {source.name}"
            assert oct((root / installed).stat().st_mode & 0o777) == oct(mode), f"mode of /{installed}"
        assert (root / "systemctl.log").read_text().splitlines() == ["daemon-reload", f"enable {UNIT.name}", f"start {UNIT.name}"], "what systemctl is told"


def test_cloudformation_installs():
    """CloudFormation: the user data installs exactly the files of systemd/, then enables and starts the unit."""
    installs_the_files(cloudformation_user_data())


def test_terraform_installs():
    """Terraform: the user data installs exactly the files of systemd/, then enables and starts the unit."""
    installs_the_files(terraform_user_data())


# ------------------------------------------------------------------ unit


def unit_values(key):
    return [value for name, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE) if name == key]


def test_unit_shape():
    """Unit: oneshot, stays active, ordered before every service that it is required or wanted by."""
    assert unit_values("Type") == ["oneshot"], "Type"
    assert unit_values("RemainAfterExit") == ["yes"], "RemainAfterExit"
    assert unit_values("ExecStart") == [f"/{INSTALLED_SCRIPT}"], "ExecStart"
    before = {unit for value in unit_values("Before") for unit in value.split()}
    required = {unit for value in unit_values("RequiredBy") for unit in value.split()}
    wanted = {unit for value in unit_values("WantedBy") for unit in value.split()}
    assert required and wanted, "RequiredBy and WantedBy name services, as an example"
    assert before == required | wanted, "Before"


def test_unit_time():
    """Time: deadline of sam-template.yaml <= script < TimeoutStartSec <= heartbeat."""
    defaults = dict(re.findall(r"\{WAIT_FOR_INTERNET_(\w+):-(\d+)\}", SCRIPT.read_text()))
    deadline = int(Template(SAM_TEMPLATE).values["DeadlineSeconds"])
    longest = int(defaults["TRIES"]) * int(defaults["INTERVAL"])
    (timeout,) = map(int, unit_values("TimeoutStartSec"))
    heartbeat = int(cloudformation_settings()["hook heartbeat"])
    assert deadline <= longest < timeout <= heartbeat, f"{deadline} <= {longest} < {timeout} <= {heartbeat} is wrong"


def test_unit_verified():
    """Systemd-analyze verify: no word about the unit, alone and enabled before the services that it names."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed, and installing systemd takes root and apt-get")
    units = next(path for path in (Path("/usr/lib/systemd/system"), Path("/lib/systemd/system")) if path.is_dir())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for source, target in (SCRIPT, INSTALLED_SCRIPT), (UNIT, INSTALLED_UNIT), ("/bin/true", "bin/true"):
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, root / target)
        shutil.copytree(units, root / "usr/lib/systemd/system", symlinks=True)

        def verify(*names):
            result = run("systemd-analyze", "verify", "--man=no", f"--root={root}", *names)
            said = (result.stdout + result.stderr).strip()
            assert result.returncode == 0 and not said, said or f"exit code {result.returncode}"

        verify(UNIT.name)
        services = [unit for value in unit_values("Before") for unit in value.split()]
        for service in services:
            (root / INSTALLED_UNIT).with_name(service).write_text(
                "[Unit]\nWants=network-online.target\nAfter=network-online.target\n[Service]\nExecStart=/bin/true\n"
                "[Install]\nWantedBy=multi-user.target\n"
            )
        enabled = run("systemctl", f"--root={root}", "enable", UNIT.name, *services)
        assert enabled.returncode == 0, enabled.stderr
        verify(UNIT.name, "multi-user.target", *services)
        for key, link in ("RequiredBy", "requires"), ("WantedBy", "wants"):
            for service in " ".join(unit_values(key)).split():
                assert (root / INSTALLED_UNIT).with_name(f"{service}.{link}").is_dir(), f"{service} has no {link}"


# ------------------------------------------------------------------ script


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)
        self.server.body = self.server.later or self.server.body

    def log_message(self, *_):
        pass


@contextmanager
def server(status=200, up=True, body=b"", later=None, host="127.0.0.1"):
    """A server on loopback. While it is not up its port is taken, but refuses connections. `later` is the second answer."""
    kind = type("Server", (http.server.HTTPServer,), {"address_family": socket.AF_INET6 if ":" in host else socket.AF_INET})
    with kind((host, 0), Answer, bind_and_activate=False) as bound:
        bound.status = status
        bound.body, bound.later = body, later
        bound.server_bind()
        thread = threading.Thread(target=bound.serve_forever, kwargs={"poll_interval": 0.05})

        def go_up():
            bound.server_activate()
            thread.start()

        if up:
            go_up()
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{bound.server_address[1]}/", go_up
        finally:
            if thread.is_alive():
                bound.shutdown()
                thread.join()


def script(url, tries="2", interval="1", addresses=""):
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment["WAIT_FOR_INTERNET_URL"] = url
    environment["WAIT_FOR_INTERNET_TRIES"] = tries
    environment["WAIT_FOR_INTERNET_ADDRESSES"] = addresses
    environment["WAIT_FOR_INTERNET_INTERVAL"] = interval
    return subprocess.Popen(
        [SCRIPT],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process, timeout=30):
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # curl too, which holds the pipes
        process.communicate()
        pytest.fail(f"not done after {timeout} seconds")
    return process.returncode, out.splitlines(), err.splitlines()


def test_down_then_up():
    """Wait script: server first down, then up: tries again, says so once a try, exit code 0."""
    with server(up=False) as (url, go_up):
        process = script(url, tries="10")
        first = process.stdout.readline()
        assert first.startswith("wait-for-internet: try 1 of 10: curl: (7)"), f"first line: {first}"
        go_up()
        code, lines, _ = finish(process)
    assert code == 0, "exit code"
    assert 1 <= len(lines) <= 3, f"{len(lines) + 1} lines"
    assert lines[-1] == f"wait-for-internet: try {len(lines) + 1} of 10: {url} answers", "last line"


def test_up_at_once():
    """Wait script: server up, even with an error status: one try, exit code 0."""
    with server(status=503) as (url, _):
        code, lines, _ = finish(script(url))
    assert (code, lines) == (0, [f"wait-for-internet: try 1 of 2: {url} answers"]), "outcome"


def test_never_up():
    """Wait script: server never up: as many tries as set, at the interval set, exit code 1."""
    with server(up=False) as (url, _):
        started = time.monotonic()
        code, lines, errors = finish(script(url, tries="3"))
        took = time.monotonic() - started
    assert code == 1, "exit code"
    assert [line.split(":")[1].strip() for line in lines] == [f"try {n} of 3" for n in (1, 2, 3)], "lines"
    assert errors == [f"wait-for-internet: no answer from {url} after 3 tries"], "last word"
    assert 0.9 <= took <= 5, f"{took:.1f} seconds"  # bash counts whole seconds: two pauses of up to one second


def test_ipv6_alone():
    """Wait script: server up over IPv6 alone, as before the Elastic IP in a dual-stack subnet: goes on, exit code 1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as none:
        pytest.skip(f"no IPv6: {none}")
    with server(host="::1") as (url, _):
        code, lines, _ = finish(script(url))
    assert (code, len(lines)) == (1, 2), "exit code and number of tries"


def test_silent():
    """Wait script: connection without an answer: no try outlasts the interval, exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = time.monotonic()
        code, lines, _ = finish(script(f"http://127.0.0.1:{listener.getsockname()[1]}/"))
        took = time.monotonic() - started
    assert (code, len(lines)) == (1, 2), "exit code and number of tries"
    assert all("curl: (28)" in line for line in lines), f"{lines}"
    assert 1.9 <= took <= 5, f"{took:.1f} seconds"


def test_seen_under_an_expected_address():
    """Wait script: with addresses: goes on until it is seen under one of them, exit code 0."""
    automatic, expected = b"198.51.100.7\n", b"203.0.113.5\n"
    with server(body=automatic, later=expected) as (url, _):
        code, lines, _ = finish(script(url, tries="3", addresses="203.0.113.50,203.0.113.5"))
    wanted = [
        f"wait-for-internet: try 1 of 3: {url} answers 198.51.100.7, which is none of 203.0.113.50 203.0.113.5",
        f"wait-for-internet: try 2 of 3: {url} answers 203.0.113.5",
    ]
    assert (code, lines) == (0, wanted), "outcome"


def test_never_seen_under_an_expected_address():
    """Wait script: with addresses: never seen under one of them, exit code 1."""
    for body in b"198.51.100.7\n", b"203.0.113.50\n", b"203.0.113.5 203.0.113.6\n", b"", b"<html>" * 100:
        with server(body=body) as (url, _):
            code, lines, _ = finish(script(url, tries="1", addresses="203.0.113.5 203.0.113.6"))
        assert (code, len(lines)) == (1, 1), f"outcome of {body[:30]}"


def test_long_answer():
    """Wait script: without addresses any answer counts, however long."""
    with server(body=b"<html>" * 100_000) as (url, _):
        code, lines, _ = finish(script(url, tries="1"))
    assert (code, len(lines)) == (0, 1), "outcome"


def test_wrong_setting():
    """Wait script: a wrong setting: no try, exit code 2."""
    for setting in {"tries": "0"}, {"tries": "many"}, {"interval": "0"}, {"interval": "-1"}, {"addresses": "pool"}:
        code, lines, errors = finish(script("http://127.0.0.1:1/", **setting))
        assert (code, lines, len(errors)) == (2, [], 1), f"outcome of {setting}"
