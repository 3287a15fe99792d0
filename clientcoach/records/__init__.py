"""What is kept after a call, or through a crash of one."""
