"""Warraq: a self-hosted archive of Arabic news."""
