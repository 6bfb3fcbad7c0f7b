"""The chat page: the conversation on the web, for those who have no Telegram; no account, no framework.

The page is made by Jinja and works with plain forms; its script only spares the new page. A bureau's own site
shows it by one line, `<script src="CHAT_URL/widget.js" async></script>`.
"""
