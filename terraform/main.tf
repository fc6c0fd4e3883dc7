# eip-on-launch itself: the release's template as a CloudFormation stack, with its parameters as variables. The template is too
# large to be passed inline, so it goes through S3, as the functions and the definitions do.

variable "release" {
  description = "Folder of an unpacked release, with template.yaml, functions.zip and statemachine/. Null for the one that this module is part of, where Terraform finds it: with a relative source, or one with //terraform."
  type        = string
  default     = null

  validation {
    condition     = fileexists("${coalesce(var.release, "${path.module}/..")}/functions.zip")
    error_message = "No release there. Unpack one, or make one of a clone by release/build."
  }
}

variable "stack_name" {
  description = "Name of the CloudFormation stack."
  type        = string
  default     = "eip-on-launch"
}

variable "bucket" {
  description = "Name of a bucket in this Region for the package. Null for one that the module makes."
  type        = string
  default     = null
}

locals {
  release     = coalesce(var.release, "${path.module}/..")
  bucket      = var.bucket == null ? aws_s3_bucket.package[0].bucket : var.bucket
  definitions = fileset("${local.release}/statemachine", "*.asl.json")

  functions_key  = "${var.stack_name}/${terraform_data.upload["functions.zip"].id}/functions.zip"
  definition_key = { for name in local.definitions : name => "${var.stack_name}/${terraform_data.upload["statemachine/${name}"].id}/${name}" }

  # CodeUri: functions.zip and DefinitionUri: statemachine/NAME become the objects' addresses.
  with_functions = replace(file("${local.release}/template.yaml"), "CodeUri: functions.zip", "CodeUri: s3://${local.bucket}/${local.functions_key}")
  lines = [
    for line in split("\n", local.with_functions) : can(regex("DefinitionUri: statemachine/", line)) ?
    replace(line, "/statemachine/(.*)$/", "s3://${local.bucket}/${local.definition_key[trimspace(split("statemachine/", line)[1])]}") : line
  ]

  # The provider takes a template_url for deployed although CloudFormation undid the update, but it reads the parameters back. So one of them names
  # the template: the next apply then updates again, and deletes nothing before.
  template         = replace(join("\n", local.lines), "/(?m)^Parameters:$/", "Parameters:\n  TerraformTemplate: { Type: String, Description: The hash of this template. }")
  template_version = sha256(local.template)
}

# A name for each upload: no object is ever overwritten, and none has the name of one that is still to be deleted, as after a return to an
# earlier release.
resource "terraform_data" "upload" {
  for_each         = toset(concat(["functions.zip"], [for name in local.definitions : "statemachine/${name}"]))
  triggers_replace = [filesha256("${local.release}/${each.key}"), var.stack_name, local.bucket]
}

resource "aws_s3_bucket" "package" {
  # checkov:skip=CKV_AWS_18:Holds the package of an open source project; there is nothing to log.
  # checkov:skip=CKV_AWS_21:Each upload has a name of its own: none is ever overwritten.
  # checkov:skip=CKV_AWS_144:The package can be uploaded again at any time.
  # checkov:skip=CKV_AWS_145:S3's own encryption will do for what is public.
  # checkov:skip=CKV2_AWS_61:Roll back needs the objects of the release before.
  # checkov:skip=CKV2_AWS_62:Nobody wants to be notified.
  count         = var.bucket == null ? 1 : 0
  bucket_prefix = "eip-on-launch-"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "package" {
  count                   = var.bucket == null ? 1 : 0
  bucket                  = aws_s3_bucket.package[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# CloudFormation needs the objects of the release before when it undoes an update. With create_before_destroy Terraform deletes them only
# after the stack has been updated, in a later apply as well.
resource "aws_s3_object" "functions" {
  bucket = local.bucket
  key    = local.functions_key
  source = "${local.release}/functions.zip"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_s3_object" "definition" {
  for_each = local.definition_key
  bucket   = local.bucket
  key      = each.value
  source   = "${local.release}/statemachine/${each.key}"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_s3_object" "template" { # CloudFormation reads it only once
  bucket  = local.bucket
  key     = "${var.stack_name}/${local.template_version}/template.yaml"
  content = local.template
}

data "aws_s3_bucket" "package" {
  bucket = local.bucket
}

resource "aws_cloudformation_stack" "this" {
  # checkov:skip=CKV_AWS_124:Terraform waits for the stack and tells what comes of it.
  name = var.stack_name
  # The Region's own host, as only that is the same in every partition.
  template_url = "https://${trimprefix(data.aws_s3_bucket.package.bucket_regional_domain_name, "${local.bucket}.")}/${local.bucket}/${aws_s3_object.template.key}"
  parameters   = merge(local.parameters, { TerraformTemplate = local.template_version })
  # The template is SAM's, which CloudFormation expands.
  capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  depends_on   = [aws_s3_object.functions, aws_s3_object.definition]
}
