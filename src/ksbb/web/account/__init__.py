"""The pages of a person's own account: a code by e-mail, passkeys, open sessions."""
