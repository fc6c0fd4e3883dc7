"""What emulators/sam-local-invoke runs: ROOT BUILD, with the Python of SAM CLI's environment."""
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
import urllib.request

import boto3
import docker
from samcli.yamlhelper import yaml_dump, yaml_parse

IMAGE = "localstack/localstack:4.14.0"
DUMMY = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
SAM = os.environ["EMULATORS_SAM"]


def engine():
    try:
        client = docker.from_env(timeout=120)
        client.ping()
        return client
    except docker.errors.DockerException:
        print("sam-local-invoke: skipped, no Docker engine answers")
        sys.exit(77)


def sam(*arguments, **options):
    environment = {**os.environ, **DUMMY, "SAM_CLI_TELEMETRY": "0"}
    return subprocess.run([SAM, *arguments], env=environment, text=True, check=True, **options)


def built_template(root, build, endpoint):
    """Builds, and names the endpoint in the built template: `--env-vars` sets only variables that a template has."""
    sam("build", "--template-file", f"{root}/sam-template.yaml", "--build-dir", f"{build}/built",
        "--cache-dir", f"{build}/cache", cwd=build, stdout=sys.stderr)
    path = build / "built" / "template.yaml"
    template = yaml_parse(path.read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            variables = resource["Properties"].setdefault("Environment", {}).setdefault("Variables", {})
            variables["AWS_ENDPOINT_URL"] = endpoint
    path.write_text(yaml_dump(template))
    return path


def wait_for(url):
    deadline = time.monotonic() + 90
    while True:
        try:
            return urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if time.monotonic() > deadline:
                sys.exit(f"sam-local-invoke: {url} did not answer within 90 seconds")
            time.sleep(0.5)


def invoke(template, build, function, event):
    (build / "event.json").write_text(json.dumps(event))
    architecture = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    result = sam("local", "invoke", function, "--template-file", str(template), "--event", str(build / "event.json"),
                 "--parameter-overrides", f"Architecture={architecture}", cwd=build, stdout=subprocess.PIPE)
    return json.loads(result.stdout.strip().splitlines()[-1])


def check(function, actual, expected):
    if actual != expected:
        sys.exit(f"sam-local-invoke: {function} answered {actual}, not {expected}")
    print(f"sam-local-invoke: {function} answered {actual}")


def holder(ec2, allocation):
    return ec2.describe_addresses(AllocationIds=[allocation])["Addresses"][0].get("InstanceId") or None


def main(root, build):
    build.mkdir(parents=True, exist_ok=True)
    localstack = engine().containers.run(IMAGE, detach=True, ports={"4566/tcp": ("127.0.0.1", None)},
                                         environment={"SERVICES": "ec2,sts,iam"})
    try:
        localstack.reload()
        network = localstack.attrs["NetworkSettings"]
        address = network["IPAddress"] or next(iter(network["Networks"].values()))["IPAddress"]
        here = f"http://127.0.0.1:{network['Ports']['4566/tcp'][0]['HostPort']}"
        template = built_template(root, build, f"http://{address}:4566")
        wait_for(here + "/_localstack/health")
        ec2 = boto3.client("ec2", endpoint_url=here, region_name="us-east-1", aws_access_key_id="test",
                           aws_secret_access_key="test")
        # Without an automatic public address: LocalStack says of one that it is the account's own, where EC2 says "amazon".
        network = {"DeviceIndex": 0, "SubnetId": ec2.describe_subnets()["Subnets"][0]["SubnetId"], "AssociatePublicIpAddress": False}
        instance = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1,
                                     NetworkInterfaces=[network])["Instances"][0]["InstanceId"]
        allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.create_tags(Resources=[allocation], Tags=[{"Key": "Application", "Value": "ForwardProxy"}])
        events = {name: json.loads((root / "events" / f"{name}.json").read_text())
                  for name in ("find-free-eip", "associate-eip", "complete-lifecycle", "disassociate-eip")}

        events["find-free-eip"]["event"]["time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        events["find-free-eip"]["event"]["detail"]["EC2InstanceId"] = instance
        found = invoke(template, build, "FindFreeEip", events["find-free-eip"])
        check("FindFreeEip", (found.get("outcome"), (found.get("eip") or {}).get("allocationId")), ("Found", allocation))
        associate = {**events["associate-eip"], "instanceId": instance, "eip": found["eip"]}
        check("AssociateEip", invoke(template, build, "AssociateEip", associate).get("outcome"), "Associated")
        check("EC2, asked who holds the address,", holder(ec2, allocation), instance)
        # No free LocalStack has Auto Scaling: that its refusal arrives by our name is what can be seen here.
        completed = invoke(template, build, "CompleteLifecycle", events["complete-lifecycle"])
        check("CompleteLifecycle", completed.get("errorType", "").startswith("eiponlaunch.failure."), True)

        events["disassociate-eip"]["event"]["detail"]["EC2InstanceId"] = instance
        # Auto Scaling is asked first whether the instance's termination is held: without its answer the address stays.
        disassociated = invoke(template, build, "DisassociateEip", events["disassociate-eip"])
        check("DisassociateEip", disassociated.get("errorType", "").startswith("eiponlaunch.failure."), True)
        check("EC2, asked who holds the address,", holder(ec2, allocation), instance)
    finally:
        localstack.remove(force=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
