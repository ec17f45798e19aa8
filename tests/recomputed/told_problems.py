"""What the catalogues say of problems, and which words and trees they are made of."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml
from quick_yaml import BaseLoader

import sroi
from sroi import shipped


@lru_cache
def catalogue(lang: str) -> dict[str, str | dict[str, str]]:
    text = (shipped.folder("templates") / f"problems.{lang}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=BaseLoader)


def words_in(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


@lru_cache
def trees(folder: str = ".") -> list[ast.AST]:
    files = sorted((Path(sroi.__file__).parent / folder).rglob("*.py"))
    return [ast.parse(path.read_text(encoding="utf-8")) for path in files]


@lru_cache
def words_of(folder: str = ".") -> frozenset[str]:
    """Every text in the source of a folder."""
    return frozenset(word for tree in trees(folder) for word in words_in(tree))
