"""Indonesian first, English under /en/; the time is that of Jakarta."""

from ksbb.config.settings.environment import PACKAGE

LANGUAGE_CODE = "id"
# Not translated: a reader looks for the language by its own name.
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True

TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
