# Written by terraform/generate after sam-template.yaml.

output "eip_on_launch_arn" {
  description = "The state machine that gives an instance its address."
  value       = lookup(aws_cloudformation_stack.this.outputs, "EipOnLaunchArn", null)
}

output "start_once_arn" {
  description = "The state machine that EventBridge starts."
  value       = lookup(aws_cloudformation_stack.this.outputs, "StartOnceArn", null)
}

output "eip_on_terminate_arn" {
  description = "The state machine that takes an instance's address back early."
  value       = lookup(aws_cloudformation_stack.this.outputs, "EipOnTerminateArn", null)
}

output "reconcile_arn" {
  description = "The state machine that gives addresses to instances in service. You start it, or the schedule does."
  value       = lookup(aws_cloudformation_stack.this.outputs, "ReconcileArn", null)
}

output "retrofit_arn" {
  description = "The same as ReconcileArn, under its former name."
  value       = lookup(aws_cloudformation_stack.this.outputs, "RetrofitArn", null)
}

output "eip_on_launch_console" {
  description = "Watch the executions here; each is named after a hash of its lifecycle action's token."
  value       = lookup(aws_cloudformation_stack.this.outputs, "EipOnLaunchConsole", null)
}

output "terminate_rule_name" {
  description = "The EventBridge rule of the terminating hooks."
  value       = lookup(aws_cloudformation_stack.this.outputs, "TerminateRuleName", null)
}

output "launch_rule_name" {
  description = "The EventBridge rule."
  value       = lookup(aws_cloudformation_stack.this.outputs, "LaunchRuleName", null)
}

output "dashboard_console" {
  description = "Launches, the pool and the alarms at a glance."
  value       = lookup(aws_cloudformation_stack.this.outputs, "DashboardConsole", null)
}

output "function_log_groups" {
  description = "The functions' log groups, separated by spaces, as CloudWatch Logs Insights wants them."
  value       = lookup(aws_cloudformation_stack.this.outputs, "FunctionLogGroups", null)
}

output "undelivered_events_url" {
  description = "Events that EventBridge could not deliver end here."
  value       = lookup(aws_cloudformation_stack.this.outputs, "UndeliveredEventsUrl", null)
}
