variable "release" {
  description = "Folder of an unpacked release of eip-on-launch, or what release/build made in this clone."
  type        = string
  default     = "../../target/release/eip-on-launch-1.0.0"
}

variable "name" {
  description = "Name of the group and prefix of every other name."
  type        = string
  default     = "forward-proxy"
}

variable "min_size" {
  description = "Instances that the group keeps."
  type        = number
  default     = 2
}

variable "max_size" {
  description = "Most instances that the group scales out to. The pool has one address for each."
  type        = number
  default     = 3
}

variable "surge" {
  description = "Addresses of the pool beyond max_size, for releases, replacements and growth. See examples/README.md."
  type        = number
  default     = 2

  validation {
    condition     = var.surge >= 1
    error_message = "A replacement is launched before the old instance has given its address back: surge must be at least 1."
  }
}

variable "hook_name" {
  description = "Name of the launch lifecycle hook: one of HookNames of eip-on-launch."
  type        = string
  default     = "associate-eip"
}

variable "terminate_hook_name" {
  description = "Name of a terminating lifecycle hook for early release: one of TerminateHookNames of eip-on-launch. Empty for none."
  type        = string
  default     = ""
}

variable "eip_tag_key" {
  description = "Key of the tag that makes an Elastic IP one of the pool: EipTagKey of eip-on-launch."
  type        = string
  default     = "Application"
}

variable "eip_tag_value" {
  description = "Value of that tag: EipTagValue of eip-on-launch."
  type        = string
  default     = "ForwardProxy"
}

variable "heartbeat_seconds" {
  description = "How long the hook holds an instance: HeartbeatSeconds of eip-on-launch, two minutes more than its deadline."
  type        = number
  default     = 720

  validation {
    condition     = var.heartbeat_seconds > 120
    error_message = "The deadline is two minutes less, so it must be more than 120."
  }
}

variable "instance_type" {
  description = "Instance type, of the image's architecture."
  type        = string
  default     = "t4g.micro"
}

variable "image_parameter" {
  description = "Public parameter that names the image."
  type        = string
  default     = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

variable "vpc_cidr" {
  description = "Address range of the VPC, from /16 to /26."
  type        = string
  default     = "10.0.0.0/24"
}
