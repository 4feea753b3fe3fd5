"""The taste for templates: a tag and no context processor, for some error pages are rendered without a request."""

from django import template

from archive.taste import taste

register = template.Library()
register.simple_tag(taste, name="taste")
