"""Pictures for the people on SimCord's page: initials on a disc, and our mark for the bot."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from simcord import Env
from simcord.backend.cdn import CDN_BASE

from bot.demo.world import PORTRAIT, World

_SIDE: Final = 160
_COLOURS: Final = ("#8a6d3b", "#4f6d8f", "#6b7f4e", "#8f5b5b")
_SEA, _LIGHT, _BRASS = "#2f4760", "#9db8d6", "#e3b774"


def portraits(env: Env, world: World) -> dict[str, tuple[str, bytes]]:
    """File name and PNG by the address under which SimCord looks for each picture."""
    pictures = {
        person.id: _initials(world.names[person.id], colour)
        for person, colour in zip(world.people, _COLOURS, strict=True)
    }
    pictures[env.backend.bot_user.id] = _mark()
    return {
        f"{CDN_BASE}/avatars/{id_}/{PORTRAIT}.png": (f"{id_}.png", _png(image))
        for id_, image in pictures.items()
    }


def _initials(name: str, colour: str) -> Image.Image:
    image = Image.new("RGB", (_SIDE, _SIDE), colour)
    letters = "".join(word[0] for word in name.split()[:2])
    middle = (_SIDE / 2, _SIDE / 2)
    ImageDraw.Draw(image).text(
        middle, letters, fill="#fff8ec", font=ImageFont.load_default(_SIDE * 0.4), anchor="mm"
    )
    return image


def _mark() -> Image.Image:
    """A branch with two answers; the second, in brass, is the live one."""
    image = Image.new("RGB", (_SIDE, _SIDE), _SEA)
    draw = ImageDraw.Draw(image)
    draw.line([(48, 36), (48, 112), (92, 112)], fill=_LIGHT, width=11, joint="curve")
    draw.line([(48, 64), (88, 64)], fill=_LIGHT, width=11)
    draw.ellipse([84, 48, 116, 80], fill=_LIGHT)
    draw.ellipse([86, 93, 124, 131], fill=_BRASS)
    return image


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
