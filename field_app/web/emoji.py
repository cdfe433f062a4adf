"""Emoji in a browser: what Flutter would fetch from elsewhere, in pieces and in colour, is one small font of our own.

Where no font of the app has a character, Flutter's engine asks the server for a font of its own choice by a path that
begins so. The names behind it change with every version, and we have one answer to all of them. Nobody who writes no
emoji ever loads it.
"""

from field_app.web.guard import AsgiApp, Message, Receive, Send

ASKED_FOR = ("/assets/fonts/notocoloremoji/", "/assets/fonts/notosanssymbols2/")
EMOJI_FILE = "noto-emoji.woff2"
GIVEN = f"/assets/fonts/{EMOJI_FILE}"


def with_emoji(app: AsgiApp) -> AsgiApp:
    """The app, giving our font for any of the engine's own for emoji."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(ASKED_FOR):
            scope = {**scope, "path": GIVEN, "raw_path": GIVEN.encode()}
        await app(scope, receive, send)

    return answer
