"""The shipped definitions with others beside them, for a server of a test's own."""
import pathlib
import shutil

from support.program import always_open

ROOT = pathlib.Path(__file__).parents[3]


def with_definitions(folder, *beside):
    """The environment of a server that has the shipped definitions and these files of the repository."""
    folder.mkdir(parents=True)
    for definition in (*(ROOT / "workflows").glob("*.yaml"), *(ROOT / each for each in beside)):
        if ".scenario." not in definition.name:
            shutil.copy(definition, folder)
    return {"XUEJI_WORKFLOWS_DIRECTORY": str(folder), **always_open()}
