"""What is wrong with a document, in a sentence: of a union that fits in no way, the branch that was meant."""

from collections.abc import Sequence

import jsonschema_rs

#: Characters that are told of a document.
_LONGEST = 300


def sentence(error: jsonschema_rs.ValidationError) -> str:
    """Where, and what."""
    error = _innermost(error)
    where = ".".join(map(str, error.instance_path)) or "the whole"
    said = error.message
    if len(said) > _LONGEST:
        said = f"{said[: _LONGEST // 2]} … {said[-_LONGEST // 2 :]}"
    return f"{where}: {said}"


def _innermost(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Of a union that fits in no way: what is wrong with the branch that fits best."""
    while branches := [branch for branch in getattr(error.kind, "context", ()) if branch]:
        best = min(branches, key=lambda branch: (_is_another_kind(branch), len(branch)))
        error = max(best, key=lambda e: len(e.instance_path))
    return error


def _is_another_kind(branch: Sequence[jsonschema_rs.ValidationError]) -> bool:
    """Whether a branch of a union is about another type than the one that is named."""
    return any(error.instance_path and str(error.instance_path[-1]).endswith("type") for error in branch)
