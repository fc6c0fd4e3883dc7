# Written by terraform/generate after sam-template.yaml.

variable "hook_names" {
  description = "Names of the launch lifecycle hooks to answer, separated by commas. Together at most about 1,400 characters, as EventBridge takes no longer pattern."
  type        = list(string)
  default     = ["associate-eip"]

  validation {
    condition     = alltrue([for each in var.hook_names : can(regex("^(?:[A-Za-z0-9\\-_/]{1,255})$", each))])
    error_message = "Each must match [A-Za-z0-9\\-_/]{1,255}."
  }
}

variable "auto_scaling_group_name" {
  description = "Answer only launches of this group. Empty for every group that has such a hook."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:[^\"\\\\:*?]{0,255})$", var.auto_scaling_group_name))
    error_message = "Must match [^\"\\\\:*?]{0,255}."
  }
}

variable "terminate_hook_names" {
  description = "Early release: names of terminating lifecycle hooks, separated by commas. Together at most about 1,400 characters. An instance that waits in one gives its address back. Empty for no early release."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.terminate_hook_names : can(regex("^(?:[A-Za-z0-9\\-_/]{0,255})$", each))])
    error_message = "Each must match [A-Za-z0-9\\-_/]{0,255}."
  }
}

variable "reconcile_groups" {
  description = "Names of Auto Scaling groups, separated by commas. On a schedule, their instances in service that have no address get one. A name that has a comma, a double quotation mark, a backslash or an opening brace cannot be given. Empty for no schedule."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.reconcile_groups : can(regex("^(?:[ !#-+.-9;-\\[\\]-z|}~-]{0,255})$", each))])
    error_message = "Each must match [ !#-+.-9;-\\[\\]-z|}~-]{0,255}."
  }
}

variable "reconcile_minutes" {
  description = "Minutes between two scheduled runs. Used only with ReconcileGroups."
  type        = number
  default     = 15

  validation {
    condition     = var.reconcile_minutes >= 5 && var.reconcile_minutes <= 1440 && floor(var.reconcile_minutes) == var.reconcile_minutes
    error_message = "Must be a whole number from 5 to 1440."
  }
}

variable "eip_tag_key" {
  description = "Key of the tag that makes an Elastic IP part of the pool."
  type        = string
  default     = "Application"

  validation {
    condition     = can(regex("^(?:[\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?)$", var.eip_tag_key))
    error_message = "Must have at most 128 letters, digits, spaces and _ . : / + - @, and no space at either end."
  }
}

variable "eip_tag_value" {
  description = "Value of that tag."
  type        = string
  default     = "ForwardProxy"

  validation {
    condition     = can(regex("^(?:[\\w.:/=+@-]([\\w .:/=+@-]{0,254}[\\w.:/=+@-])?)$", var.eip_tag_value))
    error_message = "Must have at most 256 letters, digits, spaces and _ . : / = + - @, and no space at either end."
  }
}

variable "eip_further_tags" {
  description = "More tags that an address of the pool must have, as Key=Value,Key=Value. At most 638 characters. May be empty."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?=([\\w.:/=+@-]([\\w .:/=+@-]{0,254}[\\w.:/=+@-])?)?(,[\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?=([\\w.:/=+@-]([\\w .:/=+@-]{0,254}[\\w.:/=+@-])?)?)*)?)$", var.eip_further_tags)) && length(var.eip_further_tags) <= 638
    error_message = "Must be of the form Key=Value,Key=Value, with no space at either end of a key or a value, and at most 638 characters."
  }
}

variable "hook_pool_tag_keys" {
  description = "Tag keys with which the NotificationMetadata of a hook may choose another pool, separated by commas. The functions may then associate any address that has a tag with one of these keys. Empty for none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.hook_pool_tag_keys : can(regex("^(?:[A-Za-z0-9 _.:/+\\-@]{0,128})$", each))])
    error_message = "Each must match [A-Za-z0-9 _.:/+\\-@]{0,128}."
  }
}

variable "eip_order_tag_key" {
  description = "Key of a tag that says in which order free addresses are tried. Numbers come first, by value, then other text, then addresses without the tag. Empty for no order."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?)?)$", var.eip_order_tag_key))
    error_message = "Must have at most 128 letters, digits, spaces and _ . : / + - @, and no space at either end."
  }
}

variable "eip_zone_tag_key" {
  description = "Key of a tag that limits an address to one zone, by the zone's name or ID. Addresses without the tag serve every zone, after the zone's own. Empty for no limit."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?)?)$", var.eip_zone_tag_key))
    error_message = "Must have at most 128 letters, digits, spaces and _ . : / + - @, and no space at either end."
  }
}

variable "instance_tag_key" {
  description = "Key of a tag that instances must have to get an address. Empty to allow any instance."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([\\w.:/+@-]([\\w .:/+@-]{0,126}[\\w.:/+@-])?)?)$", var.instance_tag_key))
    error_message = "Must have at most 128 letters, digits, spaces and _ . : / + - @, and no space at either end."
  }
}

variable "instance_tag_value" {
  description = "Value of that tag."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([\\w.:/=+@-]([\\w .:/=+@-]{0,254}[\\w.:/=+@-])?)?)$", var.instance_tag_value))
    error_message = "Must have at most 256 letters, digits, spaces and _ . : / = + - @, and no space at either end."
  }
}

variable "pool_group_names" {
  description = "Names of all Auto Scaling groups that share the pool, separated by commas. Their launches then form one queue. A name that has a comma, a double quotation mark, a backslash or an opening brace cannot be given. Empty if each group has its own pool."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.pool_group_names : can(regex("^(?:[ !#-+.-9;-\\[\\]-z|}~-]{0,255})$", each))])
    error_message = "Each must match [ !#-+.-9;-\\[\\]-z|}~-]{0,255}."
  }
}

variable "associate_address_burst" {
  description = "How many AssociateAddress calls EC2 allows at once in this account and Region. docs/preflight.md says how to find out."
  type        = number
  default     = 50

  validation {
    condition     = var.associate_address_burst >= 1 && floor(var.associate_address_burst) == var.associate_address_burst
    error_message = "Must be a whole number from 1."
  }
}

variable "associate_address_per_second" {
  description = "How many of these calls EC2 allows per second after that."
  type        = number
  default     = 5

  validation {
    condition     = var.associate_address_per_second >= 1 && floor(var.associate_address_per_second) == var.associate_address_per_second
    error_message = "Must be a whole number from 1."
  }
}

variable "deadline_seconds" {
  description = "How long after the launch event an address may still be associated. At least two minutes less than the hook's heartbeat timeout."
  type        = number
  default     = 600

  validation {
    condition     = var.deadline_seconds >= 1 && var.deadline_seconds <= 7000 && floor(var.deadline_seconds) == var.deadline_seconds
    error_message = "Must be a whole number from 1 to 7000."
  }
}

variable "wait_seconds" {
  description = "How long to wait before looking into an empty pool again, give or take a quarter."
  type        = number
  default     = 30

  validation {
    condition     = var.wait_seconds >= 1 && var.wait_seconds <= 600 && floor(var.wait_seconds) == var.wait_seconds
    error_message = "Must be a whole number from 1 to 600."
  }
}

variable "heartbeat_seconds" {
  description = "The launch hook's heartbeat timeout. The workflow stops sending ABANDON after that time."
  type        = number
  default     = 720

  validation {
    condition     = var.heartbeat_seconds >= 30 && var.heartbeat_seconds <= 7200 && floor(var.heartbeat_seconds) == var.heartbeat_seconds
    error_message = "Must be a whole number from 30 to 7200."
  }
}

variable "terminate_heartbeat_seconds" {
  description = "The terminating hooks' heartbeat timeout. The workflow stops sending CONTINUE when it ends. Used only with TerminateHookNames."
  type        = number
  default     = 300

  validation {
    condition     = var.terminate_heartbeat_seconds >= 30 && var.terminate_heartbeat_seconds <= 7200 && floor(var.terminate_heartbeat_seconds) == var.terminate_heartbeat_seconds
    error_message = "Must be a whole number from 30 to 7200."
  }
}

variable "runtime" {
  description = "Lambda runtime."
  type        = string
  default     = "java25"

  validation {
    condition     = contains(["java25", "java21"], var.runtime)
    error_message = "Must be one of java25, java21."
  }
}

variable "architecture" {
  description = "Instruction set of the functions. x86_64 in a Region where Lambda has no arm64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "Must be one of arm64, x86_64."
  }
}

variable "log_retention_days" {
  description = "How many days logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653], var.log_retention_days)
    error_message = "Must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653."
  }
}

variable "state_machine_log_level" {
  description = "What the state machines log. Their logs never contain inputs and outputs, which hold the lifecycle token."
  type        = string
  default     = "ERROR"

  validation {
    condition     = contains(["ALL", "ERROR", "FATAL", "OFF"], var.state_machine_log_level)
    error_message = "Must be one of ALL, ERROR, FATAL, OFF."
  }
}

variable "kms_key_arn" {
  description = "KMS key for the logs, the dead-letter queue and the alarm topic. Its policy must allow logs.REGION.amazonaws.com (in China logs.REGION.amazonaws.com.cn), events.amazonaws.com and cloudwatch.amazonaws.com to use it. Empty for the services' own encryption."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:(arn:[a-z0-9\\-]+:kms:[a-z0-9\\-]+:\\d{12}:key/[A-Za-z0-9\\-]+)?)$", var.kms_key_arn))
    error_message = "Must match (arn:[a-z0-9\\-]+:kms:[a-z0-9\\-]+:\\d{12}:key/[A-Za-z0-9\\-]+)?."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic for alarms. Empty for a new topic if AlarmEmail is set, else for none."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:(arn:[a-z0-9\\-]+:sns:[a-z0-9\\-]+:\\d{12}:[A-Za-z0-9_\\-]{1,256})?)$", var.alarm_topic_arn))
    error_message = "Must match (arn:[a-z0-9\\-]+:sns:[a-z0-9\\-]+:\\d{12}:[A-Za-z0-9_\\-]{1,256})?."
  }
}

variable "alarm_email" {
  description = "E-mail address for alarms. You have to confirm the subscription. May be empty."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(?:([^@\\s]+@[^@\\s]+)?)$", var.alarm_email))
    error_message = "Must match ([^@\\s]+@[^@\\s]+)?."
  }
}

variable "pool_free_threshold" {
  description = "Raise an alarm when a launch or a scheduled run finds fewer free addresses than this in the pool. 0 for never."
  type        = number
  default     = 2

  validation {
    condition     = var.pool_free_threshold >= 0 && floor(var.pool_free_threshold) == var.pool_free_threshold
    error_message = "Must be a whole number from 0."
  }
}

locals {
  parameters = {
    HookNames                 = join(",", var.hook_names)
    AutoScalingGroupName      = var.auto_scaling_group_name
    TerminateHookNames        = join(",", var.terminate_hook_names)
    ReconcileGroups           = join(",", var.reconcile_groups)
    ReconcileMinutes          = var.reconcile_minutes
    EipTagKey                 = var.eip_tag_key
    EipTagValue               = var.eip_tag_value
    EipFurtherTags            = var.eip_further_tags
    HookPoolTagKeys           = join(",", var.hook_pool_tag_keys)
    EipOrderTagKey            = var.eip_order_tag_key
    EipZoneTagKey             = var.eip_zone_tag_key
    InstanceTagKey            = var.instance_tag_key
    InstanceTagValue          = var.instance_tag_value
    PoolGroupNames            = join(",", var.pool_group_names)
    AssociateAddressBurst     = var.associate_address_burst
    AssociateAddressPerSecond = var.associate_address_per_second
    DeadlineSeconds           = var.deadline_seconds
    WaitSeconds               = var.wait_seconds
    HeartbeatSeconds          = var.heartbeat_seconds
    TerminateHeartbeatSeconds = var.terminate_heartbeat_seconds
    Runtime                   = var.runtime
    Architecture              = var.architecture
    LogRetentionDays          = var.log_retention_days
    StateMachineLogLevel      = var.state_machine_log_level
    KmsKeyArn                 = var.kms_key_arn
    AlarmTopicArn             = var.alarm_topic_arn
    AlarmEmail                = var.alarm_email
    PoolFreeThreshold         = var.pool_free_threshold
  }
}
