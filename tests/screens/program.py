"""What there is to see in the program, read from its source: steps, questions, dialogs."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from desktop.views.wizards import one_form, taking_back

VIEWS = Path(__file__).parents[2] / "desktop" / "views"
_FRAMES = {"wizards.frame", "wizards.one_form", "wizards.taking_back"}  # flows are made with them
_WHOLE = {  # those of which the steps are always the same
    "OneForm": {one_form.FORM, one_form.CONFIRM, one_form.DONE},
    "TakingBack": {taking_back.LOOK, taking_back.REASON, taking_back.DONE},
}
_DIALOGS = {"QDialog", "QMessageBox"}


def steps() -> set[str]:
    """Return every step of every flow as ``step MODULE STEP``."""
    found = set()
    for name, tree in _modules():
        if name in _FRAMES:
            continue
        module = importlib.import_module(f"desktop.views.{name}")
        for call in _calls(tree, "Flow", *_WHOLE):
            found |= {f"step {name} {step}" for step in _steps(call, module)}
    return found


def questions() -> set[str]:
    """Return every module that asks before it acts."""
    return {f"question {name}" for name, tree in _modules() if list(_calls(tree, "ask_yes"))}


def dialogs() -> set[str]:
    """Return every dialog that is no wizard."""
    return {
        f"dialog {name}.{node.name}"
        for name, tree in _modules()
        if name not in _FRAMES
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and {base.id for base in node.bases if isinstance(base, ast.Name)} & _DIALOGS
    }


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(VIEWS.rglob("*.py")):
        name = ".".join(path.relative_to(VIEWS).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in names:
                yield node


def _steps(call: ast.Call, module: ModuleType) -> set[str]:
    if isinstance(call.func, ast.Name) and call.func.id in _WHOLE:
        return _WHOLE[call.func.id]
    given = {keyword.arg: keyword.value for keyword in call.keywords}["steps"]
    assert isinstance(given, ast.Dict), f"{module.__name__}: steps are written where the flow is"
    return {_value(key, module) for key in given.keys if key is not None}


def _value(key: ast.expr, module: ModuleType) -> str:
    """Return what a key is: a text, or a name of the module or of one that it imports."""
    match key:
        case ast.Constant(value):
            return str(value)
        case ast.Name(name):
            return str(getattr(module, name))
        case ast.Attribute(ast.Name(room), name):
            return str(getattr(getattr(module, room), name))
    raise TypeError(ast.dump(key))
