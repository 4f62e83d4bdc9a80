"""Write records/schema/ from the program itself: what editors need to help with record files.

Run from the project folder: python scripts/build_schema.py (a test fails while a file is not what this would write).
For another project, made with an older version of the program: python scripts/build_schema.py FOLDER-OF-THE-PROJECT.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from elca_docs.records import SCHEMA_FOLDER, record_schemas  # noqa: E402 - the project folder comes first


def written_into(project: Path) -> list[str]:
    """Write the schemas of a project anew; return their names."""
    schemas = record_schemas()
    (project / SCHEMA_FOLDER).mkdir(exist_ok=True)
    for name, data in schemas.items():
        (project / SCHEMA_FOLDER / name).write_bytes(data)
    return list(schemas)


if __name__ == "__main__":
    project = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    if not (project / "records" / "project.yaml").is_file():
        sys.exit(f"no project lies in {project}: it has no records/project.yaml")
    for name in written_into(project):
        print(f"wrote {SCHEMA_FOLDER}{name}")
