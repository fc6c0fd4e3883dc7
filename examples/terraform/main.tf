# An Auto Scaling group whose instances have an Elastic IP of a pool, and eip-on-launch, which associates them.

module "eip_on_launch" {
  source  = "../../terraform"
  release = var.release

  hook_names                  = [var.hook_name]
  terminate_hook_names        = var.terminate_hook_name == "" ? [] : [var.terminate_hook_name]
  terminate_heartbeat_seconds = 300
  eip_tag_key                 = var.eip_tag_key
  eip_tag_value               = var.eip_tag_value
  heartbeat_seconds           = var.heartbeat_seconds
  deadline_seconds            = var.heartbeat_seconds - 120
}

# ------------------------------------------------------------------ network

data "aws_availability_zones" "available" {
  # checkov:skip=CKV_AWS_394:The example fits any Region, so it cannot name zones; it takes the first two.
  state = "available"

  filter { # no Local Zones: their addresses are of another network border group
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "this" {
  # checkov:skip=CKV2_AWS_11:Whether to pay for flow logs is for the account to decide, not for an example.
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

# Takes the default security group over and leaves it without rules.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = var.name }
}

# Public: their route leads to the internet gateway. Without automatic addresses: an instance has only what the pool
# gives.
resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.this.id
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  cidr_block              = cidrsubnet(var.vpc_cidr, 27 - tonumber(split("/", var.vpc_cidr)[1]), count.index)
  map_public_ip_on_launch = false
  tags                    = { Name = "${var.name}-${count.index + 1}" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  count          = length(aws_subnet.public)
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[count.index].id
}

# ------------------------------------------------------------------ addresses

# One address for each instance at most, and some beyond. Once partners know the addresses, add
# `lifecycle { prevent_destroy = true }`: an address that is released is lost.
resource "aws_eip" "pool" {
  # checkov:skip=CKV2_AWS_19:Not attached on purpose: eip-on-launch associates the address when an instance launches.
  count  = var.max_size + var.surge
  domain = "vpc"
  tags = {
    (var.eip_tag_key) = var.eip_tag_value
    Name              = "${var.name}-${count.index + 1}"
  }
}

# ------------------------------------------------------------------ instances

resource "aws_security_group" "instance" {
  name_prefix = "${var.name}-"
  description = "Out by HTTPS only; nothing comes in."
  vpc_id      = aws_vpc.this.id

  egress {
    description = "HTTPS to anywhere"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# No policy at all: an instance does nothing to get its address. What your application needs goes here.
resource "aws_iam_role" "instance" {
  name_prefix = "${var.name}-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_instance_profile" "instance" {
  name_prefix = "${var.name}-"
  role        = aws_iam_role.instance.name
}

data "aws_ssm_parameter" "image" {
  name = var.image_parameter
}

resource "aws_launch_template" "this" {
  name_prefix   = "${var.name}-"
  image_id      = data.aws_ssm_parameter.image.insecure_value
  instance_type = var.instance_type

  iam_instance_profile {
    arn = aws_iam_instance_profile.instance.arn
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type           = "gp3"
      volume_size           = 8
      encrypted             = true
      delete_on_termination = true
    }
  }

  network_interfaces {
    device_index                = 0
    associate_public_ip_address = false
    delete_on_termination       = true
    security_groups             = [aws_security_group.instance.id]
  }

  user_data = base64encode(templatefile("${path.module}/user-data.sh.tftpl", {
    wait_for_internet         = chomp(file("${path.module}/../systemd/wait-for-internet"))
    wait_for_internet_service = chomp(file("${path.module}/../systemd/wait-for-internet.service"))
  }))
}

resource "aws_autoscaling_group" "this" {
  name                = var.name
  min_size            = var.min_size
  max_size            = var.max_size
  vpc_zone_identifier = aws_subnet.public[*].id

  # More than two heartbeats: a launch may wait that long for a free address. The first one may also wait for its whole heartbeat in
  # vain, as EventBridge takes a while until it acts on the rule that the module has just made.
  wait_for_capacity_timeout = "30m"

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  # Not an aws_autoscaling_lifecycle_hook, so that the hook holds the very first instances too. Terraform reads the
  # block at creation only: it neither sees nor makes a later change.
  initial_lifecycle_hook {
    name                 = var.hook_name
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
    default_result       = "ABANDON"
    heartbeat_timeout    = var.heartbeat_seconds
  }

  # Early release. In the group for the same reason.
  dynamic "initial_lifecycle_hook" {
    for_each = var.terminate_hook_name == "" ? [] : [var.terminate_hook_name]
    content {
      name                 = initial_lifecycle_hook.value
      lifecycle_transition = "autoscaling:EC2_INSTANCE_TERMINATING"
      default_result       = "CONTINUE"
      heartbeat_timeout    = 300
    }
  }

  # A replacement is launched before the old instance ends, so surge must leave an address for it.
  instance_maintenance_policy {
    min_healthy_percentage = 100
    max_healthy_percentage = 150
  }

  tag {
    key                 = "Name"
    value               = var.name
    propagate_at_launch = true
  }

  # No internet gateway, no address: EC2 would refuse it and the launch would be abandoned. No workflow, no answer: the launch
  # would wait for the whole heartbeat.
  depends_on = [
    module.eip_on_launch,
    aws_route.internet,
    aws_route_table_association.public,
    aws_eip.pool,
  ]
}
