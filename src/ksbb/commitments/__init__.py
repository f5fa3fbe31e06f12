"""Promises on needs, and the ledger of every quantity that moves: the only subtraction."""
