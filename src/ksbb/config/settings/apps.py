"""Which packages there are, and what a request passes through."""

from ksbb.config.settings.environment import DEMO, flag

OUR_APPS = [
    "ksbb.config",
    "ksbb.demo",
    "ksbb.api",
    "ksbb.portal",
    "ksbb.backoffice",
    "ksbb.web",
    "ksbb.privacy",
    "ksbb.reports",
    "ksbb.deliveries",
    "ksbb.funds",
    "ksbb.commitments",
    "ksbb.plans",
    "ksbb.proposals",
    "ksbb.batches",
    "ksbb.suggestions",
    "ksbb.priority",
    "ksbb.overlap",
    "ksbb.collaborators",
    "ksbb.needs",
    "ksbb.programmes",
    "ksbb.rights",
    "ksbb.regions",
    "ksbb.notices",
    "ksbb.audit",
    "ksbb.accounts",
]

# Ours come first, so that our templates and commands win.
INSTALLED_APPS = [
    *OUR_APPS,
    "ksbb.config.administration.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    # Its static files: the readable description of the API loads nothing from elsewhere.
    "ninja",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    # The outermost: a copy was made by all the others.
    "ksbb.web.copies.Copies",
    # Production has collected its files compressed.
    *(["ksbb.web.smaller.Smaller"] if DEMO else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Behind the files: what a page may load is said by the page, and not with each of its files.
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ksbb.web.account.second_factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ksbb.web.middleware.Answers",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ksbb.web.context.page",
            ],
        },
    },
]

# Form templates may be replaced by ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Pages of tracebacks are for contributors; production never shows one.
DEBUG = DEMO and flag("DEBUG", default=False)

ROOT_URLCONF = "ksbb.config.urls"
WSGI_APPLICATION = "ksbb.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
