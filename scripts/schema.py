"""Write catalog.schema.json, with which editors complete and check catalog.yaml.

Run as ``python -m scripts.schema`` after a change of the models in ``render/core/catalog.py``.
"""

from __future__ import annotations

from pathlib import Path

from render.core.catalog import catalog_schema

SCHEMA = Path(__file__).parents[1] / "catalog.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(catalog_schema(), encoding="utf-8")
