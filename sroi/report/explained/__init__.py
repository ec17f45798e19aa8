"""One number taken back to its inputs."""
