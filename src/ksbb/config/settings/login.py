"""Who has an account and how they log in: a code by e-mail, a passkey, or an officer's password."""

from ksbb.config.settings.environment import DEMO

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "backoffice:home"
LOGOUT_REDIRECT_URL = "portal:home"

# django-allauth brings passkeys, the list of sessions and the limits on how often a code may be
# asked for. Its pages are not used: ours call what stands behind them, see ksbb.web.account.
ACCOUNT_ADAPTER = "ksbb.accounts.allauth_adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    # Many phones share one address of their carrier; one e-mail address belongs to one person.
    "request_login_code": "100/h/ip,3/5m/key,20/d/key",
    "invite": "30/d/user",
    # Six digits have a million forms: who guesses by these limits needs centuries.
    "second_factor": "5/5m/key,30/d/key",
}
SECOND_FACTOR_REQUIRED = not DEMO
"""Whether officers must tie an authenticator app or a passkey; the demo's accounts are for all."""

MFA_ADAPTER = "ksbb.accounts.allauth_adapter.FactorAdapter"
# Recovery codes come with an officer's first factor and not, as the library would, with any.
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
# Whoever has an account has proven the address, or an administrator has vouched for it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Our pages ask anew who has not logged in within the last minutes, see ksbb.web.account.recent.
MFA_REAUTHENTICATION_REQUIRED = False
# Browsers allow passkeys on http://localhost, where the demo runs; nothing else runs without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
