"""The demo's own Telegram: a stand-in for the Bot API with a chat page in the browser."""
