"""One line per event on standard error; whoever runs the server decides where it goes."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # A refused request is told to its sender. Its address may hold a receipt token,
        # which must not lie in a log.
        "django.request": {"level": "ERROR"},
        # Anybody may send a wrong host name; that is no news for whoever reads the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Tells each table of a font it cuts down for a document.
        "fontTools": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
