"""The project's Python files, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vaern"


@cache
def trees(folder: Path) -> dict[str, ast.Module]:
    """Path from the folder -> syntax tree; migrations are written by Django and not counted."""
    return {
        str(path.relative_to(folder)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    }


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, with the docstring, as a reader meets it."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imports(node: ast.AST) -> list[str]:
    """Modules imported anywhere below the node."""
    found: list[str] = []
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            found += [alias.name for alias in child.names]
        elif isinstance(child, ast.ImportFrom):
            found += [f"{child.module or ''}.{alias.name}" for alias in child.names]
    return found
