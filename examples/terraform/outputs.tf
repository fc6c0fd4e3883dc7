output "auto_scaling_group_name" {
  value = aws_autoscaling_group.this.name
}

output "pool_addresses" {
  description = "What partners put on their allow-lists."
  value       = aws_eip.pool[*].public_ip
}

output "executions" {
  description = "Where to watch the launches."
  value       = module.eip_on_launch.eip_on_launch_console
}
