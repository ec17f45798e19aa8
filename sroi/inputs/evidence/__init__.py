"""What was measured and what people say: questionnaires, instruments, interviews."""
