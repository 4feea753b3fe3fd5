"""Saved pages shown as they were, on an origin of their own: inert, without cookies, without a way off the machine."""

from .tickets import Kind, replay_address, replay_origin

__all__ = ["Kind", "replay_address", "replay_origin"]
