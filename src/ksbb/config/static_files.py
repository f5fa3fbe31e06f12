"""How collected files are named: by their content, also where one script names another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names in `import` lines of scripts are followed, so that a browser never mixes versions."""

    support_js_module_import_aggregation = True
