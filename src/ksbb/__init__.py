"""KSBB: who gives what to which place, so that aid reaches everybody and nobody twice."""

__version__ = "0.1.0"
