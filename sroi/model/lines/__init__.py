"""A scenario as lines: what each of them needs to be valued, as paths of quantities."""
