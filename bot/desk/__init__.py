"""The desk: the web page at which staff look after the knowledge.

It stands on starlette-admin: its menu, sessions of templates and static files, signed CSRF tokens, flashed
messages and languages. Every page is one of its custom views, with a template; nothing comes from outside.
"""
