#!/usr/bin/env python3
"""What EC2 and Auto Scaling answer while many instances of a group launch: items with the fields of the API references that a running
instance of a launch template has, indented as both services indent. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html
https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Instance.html

usage: checks/payload.py LAUNCHES INSTANCE_ID FOLDER    writes the answer to each call as ACTION.xml, to one about INSTANCE_ID alone as
ACTION-one.xml
"""
import datetime
import hashlib
import pathlib
import sys

GROUP = "forward-proxy"
ACCOUNT = "123456789012"
TAGS = {  # what an owner and AWS itself put on an instance
    "Name": "forward-proxy", "Application": "ForwardProxy", "Environment": "production", "aws:autoscaling:groupName": GROUP,
    "aws:ec2launchtemplate:id": "lt-0123456789abcdef0", "aws:ec2launchtemplate:version": "17",
}


def xml(fields, item, indent, depth):
    """Lines of XML; a list's elements are each in an element of the name that `item` says."""
    pad = indent * depth
    for name, value in fields:
        if isinstance(value, dict):
            yield f"{pad}<{name}>"
            yield from xml(value.items(), item, indent, depth + 1)
            yield f"{pad}</{name}>"
        elif isinstance(value, list):
            yield f"{pad}<{name}>"
            yield from xml([(item, element) for element in value], item, indent, depth + 1)
            yield f"{pad}</{name}>"
        else:
            yield f"{pad}<{name}>{value}</{name}>" if value != "" else f"{pad}<{name}/>"


def document(action, namespace, fields, item, indent):
    body = xml(fields.items(), item, indent, 1)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<{action}Response xmlns="{namespace}">', *body, f"</{action}Response>"]).encode()


def ec2(action, **fields):
    return document(action, "http://ec2.amazonaws.com/doc/2016-11-15/", {"requestId": "59dbff89-35bd-4eac-99ed-be587EXAMPLE", **fields}, "item", "    ")


def hexadecimal(kind, number):
    return hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:17]


def instance_id(number, first):
    """Of the number-th instance; number 0 is the one whose launch it is."""
    return f"i-012345{hexadecimal('instance', number)[:11]}" if number else first


def tag_set(tags):
    return [{"key": key, "value": value} for key, value in tags.items()]


def private_ip(number):
    return f"10.{16 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


def network_interface(number, now):
    address, host = private_ip(number), private_ip(number).replace(".", "-")
    return {
        "networkInterfaceId": f"eni-{hexadecimal('interface', number)}", "subnetId": "subnet-0f1e2d3c4b5a69788", "vpcId": "vpc-0a1b2c3d4e5f60718",
        "description": "", "ownerId": ACCOUNT, "status": "in-use", "macAddress": f"0e:4d:{number >> 8 & 255:02x}:{number & 255:02x}:5f:a1",
        "privateIpAddress": address, "privateDnsName": f"ip-{host}.ec2.internal", "sourceDestCheck": "true",
        "groupSet": [{"groupId": "sg-0b1c2d3e4f5061728", "groupName": "forward-proxy-production-ProxySecurityGroup-1A2B3C4D5E6F"}],
        "attachment": {"attachmentId": f"eni-attach-{hexadecimal('attachment', number)}", "deviceIndex": "0", "status": "attached", "attachTime": now,
                       "deleteOnTermination": "true", "networkCardIndex": "0"},
        "privateIpAddressesSet": [{"privateIpAddress": address, "privateDnsName": f"ip-{host}.ec2.internal", "primary": "true"}],
        "ipv6AddressesSet": "", "interfaceType": "interface",
    }


def instance(number, first, now):
    host = private_ip(number).replace(".", "-")
    return {
        "instanceId": instance_id(number, first), "imageId": "ami-0c2b8ca1dad447f8a", "instanceState": {"code": "16", "name": "running"},
        "privateDnsName": f"ip-{host}.ec2.internal", "dnsName": "", "reason": "", "keyName": "forward-proxy", "amiLaunchIndex": "0", "productCodes": "",
        "instanceType": "c7g.large", "launchTime": now,
        "placement": {"availabilityZone": "us-east-1a", "availabilityZoneId": "use1-az4", "groupName": "", "tenancy": "default"},
        "monitoring": {"state": "enabled"}, "subnetId": "subnet-0f1e2d3c4b5a69788", "vpcId": "vpc-0a1b2c3d4e5f60718",
        "privateIpAddress": private_ip(number), "sourceDestCheck": "true",
        "groupSet": [{"groupId": "sg-0b1c2d3e4f5061728", "groupName": "forward-proxy-production-ProxySecurityGroup-1A2B3C4D5E6F"}],
        "architecture": "arm64", "rootDeviceType": "ebs", "rootDeviceName": "/dev/xvda",
        "blockDeviceMapping": [{"deviceName": "/dev/xvda", "ebs": {
            "volumeId": f"vol-{hexadecimal('volume', number)}", "status": "attached", "attachTime": now, "deleteOnTermination": "true"}}],
        "virtualizationType": "hvm", "clientToken": f"fleet-{hexadecimal('fleet', number)}-0", "tagSet": tag_set(TAGS), "hypervisor": "xen",
        "networkInterfaceSet": [network_interface(number, now)],
        "iamInstanceProfile": {"arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/forward-proxy-production-ProxyProfile-9Z8Y7X6W5V4U",
                               "id": "AIPAEXAMPLEEXAMPLE123"},
        "ebsOptimized": "true", "enaSupport": "true", "cpuOptions": {"coreCount": "2", "threadsPerCore": "1"},
        "capacityReservationSpecification": {"capacityReservationPreference": "open"}, "hibernationOptions": {"configured": "false"},
        "metadataOptions": {"state": "applied", "httpTokens": "required", "httpPutResponseHopLimit": "2", "httpEndpoint": "enabled",
                            "httpProtocolIpv4": "enabled", "httpProtocolIpv6": "disabled", "instanceMetadataTags": "disabled"},
        "enclaveOptions": {"enabled": "false"}, "bootMode": "uefi", "currentInstanceBootMode": "uefi", "platformDetails": "Linux/UNIX",
        "usageOperation": "RunInstances", "usageOperationUpdateTime": now,
        "privateDnsNameOptions": {"hostnameType": "ip-name", "enableResourceNameDnsARecord": "false", "enableResourceNameDnsAAAARecord": "false"},
        "maintenanceOptions": {"autoRecovery": "default"}, "operator": {"managed": "false"},
    }


class Storm:
    """The answers to each call while so many instances wait for as many free addresses; built when they are first asked for."""

    def __init__(self, launches, first):
        now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=8)
        self.now = now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.launches, self.first, self.built = launches, first, {}

    def answer(self, form):
        """To a request of these parameters."""
        action = form["Action"][0]
        one = any(name.startswith("InstanceId.") or value[0] == self.first for name, value in form.items())
        if (action, one) not in self.built:
            self.built[action, one] = getattr(self, action)(1 if one else self.launches)
        return self.built[action, one]

    def DescribeAddresses(self, _):
        tags = {key: value for key, value in TAGS.items() if not key.startswith("aws:")}
        return ec2("DescribeAddresses", addressesSet=[
            {"publicIp": f"198.18.{number >> 8}.{number & 255}", "allocationId": f"eipalloc-{hexadecimal('address', number)}", "domain": "vpc",
             "publicIpv4Pool": "amazon", "networkBorderGroup": "us-east-1", "tagSet": tag_set(tags)}
            for number in range(self.launches)])

    def DescribeInstances(self, count):
        return ec2("DescribeInstances", reservationSet=[
            {"reservationId": f"r-{hexadecimal('reservation', number)}", "ownerId": ACCOUNT, "groupSet": "",
             "instancesSet": [instance(number, self.first, self.now)], "requesterId": "722737459838"} for number in range(count)])

    def DescribeNetworkInterfaces(self, count):
        def interface(number):
            fields = network_interface(number, self.now)
            fields["attachment"] |= {"instanceId": instance_id(number, self.first), "instanceOwnerId": ACCOUNT}
            return fields | {"availabilityZone": "us-east-1a", "requesterManaged": "false", "tagSet": ""}

        return ec2("DescribeNetworkInterfaces", networkInterfaceSet=[interface(number) for number in range(count)])

    def DescribeAutoScalingGroups(self, _):
        template = {"LaunchTemplateId": "lt-0123456789abcdef0", "LaunchTemplateName": "forward-proxy", "Version": "17"}
        group = {
            "AutoScalingGroupName": GROUP,
            "AutoScalingGroupARN": f"arn:aws:autoscaling:us-east-1:{ACCOUNT}:autoScalingGroup:2b1d6f3c-3f4d-4c0b-8a1e-7d6c5b4a3f21:autoScalingGroupName/{GROUP}",
            "LaunchTemplate": template, "MinSize": "0", "MaxSize": "5000", "DesiredCapacity": str(self.launches), "DefaultCooldown": "300",
            "AvailabilityZones": ["us-east-1a"], "LoadBalancerNames": "", "TargetGroupARNs": "", "HealthCheckType": "EC2", "HealthCheckGracePeriod": "300",
            "Instances": [
                {"InstanceId": instance_id(number, self.first), "InstanceType": "c7g.large", "AvailabilityZone": "us-east-1a",
                 "LifecycleState": "Pending:Wait", "HealthStatus": "Healthy", "LaunchTemplate": template, "ProtectedFromScaleIn": "false"}
                for number in range(self.launches)],
            "CreatedTime": "2025-06-01T08:00:00.000Z", "SuspendedProcesses": "", "VPCZoneIdentifier": "subnet-0f1e2d3c4b5a69788", "EnabledMetrics": "",
            "Tags": [{"Key": key, "Value": value, "PropagateAtLaunch": "true", "ResourceId": GROUP, "ResourceType": "auto-scaling-group"}
                     for key, value in TAGS.items() if not key.startswith("aws:")],
            "TerminationPolicies": ["Default"], "NewInstancesProtectedFromScaleIn": "false",
        }
        return document("DescribeAutoScalingGroups", "http://autoscaling.amazonaws.com/doc/2011-01-01/",
                        {"DescribeAutoScalingGroupsResult": {"AutoScalingGroups": [group]},
                         "ResponseMetadata": {"RequestId": "7c6e177f-f082-11e1-ac58-3714bEXAMPLE"}}, "member", "  ")


def main(launches, first, folder):
    storm = Storm(launches, first)
    for action in ("DescribeAddresses", "DescribeInstances", "DescribeNetworkInterfaces", "DescribeAutoScalingGroups"):
        (folder / f"{action}.xml").write_bytes(storm.answer({"Action": [action]}))
        (folder / f"{action}-one.xml").write_bytes(storm.answer({"Action": [action], "InstanceId.1": [first]}))


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    main(int(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]))
