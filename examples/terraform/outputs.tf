output "auto_scaling_group_name" {
  value = aws_autoscaling_group.this.name
}

output "pool_addresses" {
  description = "What partners put on their allow-lists."
  value       = aws_eip.pool[*].public_ip
}
