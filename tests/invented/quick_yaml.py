"""YAML by the reader and the writer in C where they are there: the same, ten times as quickly."""

import yaml

BaseLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # leaves all as text
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SafeDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
