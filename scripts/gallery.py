"""Show every noun of the kit: what it looks like, what it can do, and the code that drew it.

usage: python scripts/gallery.py            the page build/gallery/index.html
       python scripts/gallery.py --guide    the pictures of docs/authoring.md, drawn anew
       python scripts/gallery.py --strip bar_chart    a sketch at half-second steps: build/gallery/bar_chart.strip.png

The examples are ``docs/gallery/<module>.py``, a file for each module of the kit: every function in it draws a picture,
and its docstring says what is seen.  ``docs/gallery/sketch/<module>.py`` has a noun in motion: one lesson of one
chapter of 10 to 20 s, such as the storyboard that its docstring names has it.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

import av
import numpy as np
from jinja2 import Environment, StrictUndefined
from manim import ManimColor, Mobject
from markupsafe import Markup, escape
from numpy.typing import NDArray
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

import scenes.kit
from render.core.speech import SilentPace
from render.draw.camera import Camera
from render.draw.renderer import Picture, Renderer, set_canvas
from scenes.kit import ink
from scenes.kit.lesson import Lesson

ROOT: Final = Path(__file__).resolve().parents[1]
EXAMPLES: Final = ROOT / "docs" / "gallery"
SKETCHES: Final = EXAMPLES / "sketch"
GUIDE: Final = ("place.stage", "ink.roles", "words.parts", "line.curves")
"""Pictures of docs/authoring.md."""
SIZE: Final = (1280, 720)
"""Pixels of the whole frame; a picture is cut out of it."""
WITHIN: Final = {"coordinates": "plane", "view": "space", "solid": "space", "glyph": "words"}
"""Modules whose classes are kinds of, or made by, those of another, and are shown with it."""
INNER: Final = frozenset({"noun", "frame", "spotlight", "slots"})
"""Modules whose nouns are never seen as such: others are kinds of them."""
_ROLES: Final = {"ground": ink.ground, "faint": ink.faint, **ink.ROLES}
SKETCH: Final = (640, 360, 15)
"""Width and height in pixels and frames a second of a sketch in the page."""
_RIM: Final = 18
"""Pixels kept around a picture."""


@dataclass(frozen=True, slots=True)
class Example:
    """A picture of a noun: ``module.function``, what is seen, the code that draws it, and the drawing itself."""

    name: str
    caption: str
    code: str
    draw: Callable[[], Mobject]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that a noun can do: ``redraw(w, b, half=1.0)``."""

    call: str
    does: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A class, or the functions of a module that has none, with the first lines of its documentation."""

    call: str
    about: str
    verbs: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A module of the kit."""

    name: str
    about: str
    nouns: tuple[Noun, ...]
    examples: tuple[Example, ...]
    sketch: type[Lesson] | None
    """The noun in motion."""


# What there is


def kinds() -> dict[str, list[type[Mobject]]]:
    """Modules of the kit with the nouns that each defines; those without nouns are left out."""
    found = {}
    for info in pkgutil.iter_modules(scenes.kit.__path__):
        module = importlib.import_module(f"scenes.kit.{info.name}")
        if nouns := [kind for kind in _classes(module) if issubclass(kind, Mobject)]:
            found[info.name] = nouns
    return found


def exhibits() -> list[Exhibit]:
    """Every module that has examples, in the order of the alphabet."""
    return [_exhibit(path) for path in sorted(EXAMPLES.glob("*.py"))]


def _exhibit(path: Path) -> Exhibit:
    module = importlib.import_module(f"scenes.kit.{path.stem}")
    shown = [
        module,
        *(importlib.import_module(f"scenes.kit.{n}") for n, at in WITHIN.items() if at == path.stem),
    ]
    nouns = [_noun(kind) for each in shown for kind in _classes(each)]
    verbs = tuple(_verb(name, each) for name, each in _functions(module))
    if verbs:
        nouns.append(Noun(f"scenes.kit.{path.stem}", "", verbs))
    return Exhibit(path.stem, _first(module), tuple(nouns), tuple(_examples(path)), sketch_of(path.stem))


def sketch_of(name: str) -> type[Lesson] | None:
    """The sketch of a module of the kit, if there is one."""
    path = SKETCHES / f"{name}.py"
    if not path.exists():
        return None
    module = _module(f"sketch_{name}", path)
    found = [each for each in _classes(module) if issubclass(each, Lesson)]
    if len(found) != 1 or len(found[0].claims()) != 1:
        raise ValueError(f"{path}: expected one lesson of one chapter")
    return found[0]


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _examples(path: Path) -> Iterator[Example]:
    module = _module(f"gallery_{path.stem}", path)
    source = path.read_text(encoding="utf-8")
    for name, function in vars(module).items():
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            yield Example(
                f"{path.stem}.{name}", inspect.getdoc(function) or "", _code(source, name), function
            )


def _code(source: str, function: str) -> str:
    """The body of ``function`` without its docstring, after the constants of its file that it needs."""
    tree = ast.parse(source)
    (body,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function]
    wanted, needed = _names(body), []
    for node in reversed(tree.body):
        if (
            isinstance(node, ast.Assign)
            and {name for target in node.targets for name in _names(target)} & wanted
        ):
            wanted |= _names(node)
            needed.append(ast.get_source_segment(source, node) or "")
    lines = source.splitlines()[body.body[1].lineno - 1 : body.end_lineno]
    return "\n".join([*reversed(needed), textwrap.dedent("\n".join(lines))])


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _classes(module: ModuleType) -> list[type]:
    return [
        each for name, each in _own(module) if isinstance(each, type) and not issubclass(each, BaseException)
    ]


def _functions(module: ModuleType) -> list[tuple[str, Callable[..., object]]]:
    return [(name, each) for name, each in _own(module) if inspect.isfunction(each)]


def _own(module: ModuleType) -> list[tuple[str, object]]:
    return [
        (name, each)
        for name, each in vars(module).items()
        if not name.startswith("_") and getattr(each, "__module__", "") == module.__name__
    ]


def _noun(kind: type) -> Noun:
    verbs = []
    for name, member in vars(kind).items():
        if not name.startswith("_") and (isinstance(member, property) or inspect.isfunction(member)):
            verbs.append(_verb(name, member))
    return Noun(kind.__name__ + _signature(kind), _first(kind), tuple(verbs))


def _verb(name: str, member: object) -> Verb:
    call = name if isinstance(member, property) else name + _signature(member)
    return Verb(call, _first(member).split("\n")[0])


class _Written(str):
    """A default as a scene would write it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(function: object) -> str:
    """Names and defaults of the arguments; types are in the code."""
    assert callable(function)
    taken = inspect.signature(function).parameters.values()
    shown = [
        each.replace(annotation=each.empty, default=_default(each)) for each in taken if each.name != "self"
    ]
    return str(inspect.Signature(shown))


def _default(parameter: inspect.Parameter) -> object:
    match parameter.default:
        case ManimColor() as color:
            return _Written(
                next((f"ink.{name}" for name, role in _ROLES.items() if role == color), str(color))
            )
        case float() as number:
            return _Written(f"{number:.4g}")
        case other if inspect.isfunction(other):
            return _Written(other.__name__)
        case other:
            return other


def _first(thing: object) -> str:
    """The first paragraph of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0]


# Drawing


def picture(example: Example) -> NDArray[np.uint8]:
    """The example as the video would show it, cut out of the frame: height × width × 3.

    Raises ``ValueError`` for an example that draws nothing, or anything at the very edge of the frame.
    """
    camera = Camera(pixel_width=SIZE[0], pixel_height=SIZE[1], background_color=ink.ground)
    blank = camera.pixel_array[:, :, :3].astype(np.uint8)
    camera.capture_mobjects([example.draw()])
    drawn = np.asarray(camera.pixel_array[:, :, :3], dtype=np.uint8)
    rows, columns = np.nonzero((drawn != blank).any(axis=2))
    if not len(rows):
        raise ValueError(f"{example.name} draws nothing")
    (top, left), (bottom, right) = (rows.min(), columns.min()), (rows.max() + 1, columns.max() + 1)
    seen = np.full((bottom - top + 2 * _RIM, right - left + 2 * _RIM, 3), blank[0, 0])
    seen[_RIM:-_RIM, _RIM:-_RIM] = drawn[top:bottom, left:right]
    return seen


def build(out: Path) -> Path:
    """Write the page and its pictures into ``out``; where the page is."""
    out.mkdir(parents=True, exist_ok=True)
    shown, sizes = exhibits(), {}
    for example in (example for exhibit in shown for example in exhibit.examples):
        seen = picture(example)
        sizes[example.name] = (seen.shape[1], seen.shape[0])
        Image.fromarray(seen).save(out / f"{example.name}.webp", lossless=True)
    for exhibit in shown:
        if exhibit.sketch:
            write_film(exhibit.sketch, out / f"{exhibit.name}.mp4")
    environment = Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(prose=_prose, code=_coloured, about=_first)
    page = out / "index.html"
    text = environment.from_string(PAGE).render(exhibits=shown, sizes=sizes, style=_style())
    page.write_text(text, encoding="utf-8")
    return page


def build_guide(folder: Path) -> list[Path]:
    """Draw the pictures of docs/authoring.md into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for example in (example for exhibit in exhibits() for example in exhibit.examples):
        if example.name in GUIDE:
            made.append(folder / f"{example.name}.webp")
            Image.fromarray(thumbnail(example)).save(made[-1], quality=86, method=6)
    return made


def thumbnail(seen: Example | Path) -> NDArray[np.uint8]:
    """An example in the size that the guide shows it in, or such a picture that was kept."""
    if isinstance(seen, Path):
        with Image.open(seen) as kept:
            return np.asarray(kept.convert("RGB"))
    image = Image.fromarray(picture(seen))
    image.thumbnail((720, 720))
    return np.asarray(image)


# Sketches


class _Film:
    """A sink that keeps what it is shown, and for how many frames it stands."""

    def __init__(self) -> None:
        self.pictures: list[tuple[NDArray[np.uint8], int]] = []

    def show(self, picture: Picture, repeat: int = 1, changed: object = None) -> None:
        self.pictures.append((picture[:, :, :3].copy(), repeat))


def play(sketch: type[Lesson], width: int, height: int, fps: int) -> list[tuple[NDArray[np.uint8], int]]:
    """The pictures of a sketch (height × width × 3), each with the number of frames for which it stands."""
    film = _Film()
    set_canvas(width, height, fps, Path(tempfile.gettempdir()))
    lesson = sketch(renderer=Renderer(film), voice=SilentPace())
    lesson.setup()
    lesson.construct()
    return film.pictures


def write_film(sketch: type[Lesson], path: Path) -> None:
    """Draw a sketch into the MP4 file ``path``."""
    width, height, fps = SKETCH
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=fps, options={"crf": "20"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for picture, repeat in play(sketch, *SKETCH):
            for _ in range(repeat):
                file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        file.mux(stream.encode())


def strip(sketch: type[Lesson], path: Path, columns: int = 4) -> Path:
    """A sheet of a sketch at half-second steps, ``columns`` pictures wide, as a PNG; where it is."""
    width, height, fps = SKETCH
    frames = [picture for picture, repeat in play(sketch, width, height, fps) for _ in range(repeat)]
    chosen = [*frames[:: fps // 2], frames[-1]]
    sheet = Image.new("RGB", (columns * width, -(-len(chosen) // columns) * height))
    for place, picture in enumerate(chosen):
        sheet.paste(Image.fromarray(picture), (place % columns * width, place // columns * height))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)
    return path


# Writing


def _prose(text: str) -> Markup:
    """A docstring's words: code between double backticks, roles by their last name."""
    marked = re.sub(r":\w+:`~?(?:[\w.]+\.)?(\w+)`", r"``\1``", text)
    parts = re.split(r"``(.+?)``", marked)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def _coloured(code: str) -> Markup:
    return Markup(highlight(code, PythonLexer(), HtmlFormatter(cssclass="code")))


def _style() -> Markup:
    """The house's colours as properties, so that the page names roles as a scene does."""
    colors = "".join(f"--{name}:{color.to_hex()};" for name, color in _ROLES.items())
    return Markup(f":root{{{colors}}}{STYLE}")


STYLE: Final = """
html{background:var(--ground);color:var(--chalk);font:16px/1.5 Inter,system-ui,sans-serif;scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:1.5rem}
a{color:var(--focus)}
h1{font-size:1.8rem}
h2{margin:3.5rem 0 .3rem;font-size:1.4rem;border-top:1px solid var(--faint);padding-top:1.2rem}
h3{margin:1.4rem 0 .3rem;color:var(--first);overflow-wrap:anywhere}
h3,pre,code{font-family:"JetBrains Mono",ui-monospace,monospace}
h3{font-size:1rem;font-weight:600}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem}
p{max-width:46rem;margin:.3rem 0}
figure{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,4fr);gap:1.2rem;margin:1.2rem 0;align-items:start}
figure img,figure video{max-width:100%;height:auto;border:1px solid #2a3346;border-radius:6px}
figcaption{grid-column:1/-1}
pre{margin:0;padding:.8rem;background:#161d2c;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.82rem;line-height:1.45}
dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.15rem 1rem;margin:.4rem 0;font-size:.9rem}
dt code{color:var(--third);overflow-wrap:anywhere}
dd{margin:0}
.k,.kn,.ow{color:var(--fourth)}.s1,.s2,.sa{color:var(--third)}.mi,.mf{color:var(--second)}.c1{color:var(--quiet)}
@media(max-width:48rem){figure,dl{grid-template-columns:minmax(0,1fr)}}
"""

PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>The kit: every noun, its picture and its verbs</title>
<style>{{ style }}</style>
</head>
<body>
<h1>The kit</h1>
<p>Every noun of <code>scenes/kit</code>, drawn by the code beside it. The examples are
<code>docs/gallery/*.py</code>; <code>make gallery</code> draws this page anew.</p>
<nav aria-label="Modules">
{% for exhibit in exhibits %}
<a href="#{{ exhibit.name }}">{{ exhibit.name }}</a>
{% endfor %}
</nav>
{% for exhibit in exhibits %}
<section id="{{ exhibit.name }}">
<h2>{{ exhibit.name }}</h2>
<p>{{ exhibit.about | prose }}</p>
{% if exhibit.sketch %}
<figure>
<figcaption>{{ exhibit.sketch | about | prose }}</figcaption>
<video src="{{ exhibit.name }}.mp4" muted loop controls playsinline width="640" height="360"></video>
</figure>
{% endif %}
{% for example in exhibit.examples %}
<figure>
<figcaption>{{ example.caption | prose }}</figcaption>
<img src="{{ example.name }}.webp" alt="{{ example.caption }}" loading="lazy"
 width="{{ sizes[example.name][0] }}" height="{{ sizes[example.name][1] }}">
{{ example.code | code }}
</figure>
{% endfor %}
{% for noun in exhibit.nouns %}
<h3>{{ noun.call }}</h3>
{% if noun.about %}
<p>{{ noun.about | prose }}</p>
{% endif %}
{% if noun.verbs %}
<dl>
{% for verb in noun.verbs %}
<dt><code>{{ verb.call }}</code></dt><dd>{{ verb.does | prose }}</dd>
{% endfor %}
</dl>
{% endif %}
{% endfor %}
</section>
{% endfor %}
</body>
</html>
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the page, or the guide's pictures; prints where they are."""
    parser = argparse.ArgumentParser(prog="gallery", description="Show every noun of the kit.")
    parser.add_argument("--guide", action="store_true", help="draw the pictures of docs/authoring.md instead")
    parser.add_argument("--strip", metavar="MODULE", help="a sketch at half-second steps, as one picture")
    options = parser.parse_args(arguments)
    if options.strip:
        sketch = sketch_of(options.strip)
        if sketch is None:
            known = ", ".join(sorted(path.stem for path in SKETCHES.glob("*.py"))) or "none yet"
            parser.error(f"no sketch of {options.strip}; there are: {known}")
        print(strip(sketch, ROOT / "build" / "gallery" / f"{options.strip}.strip.png").relative_to(ROOT))
        return 0
    made = build_guide(ROOT / "docs" / "authoring") if options.guide else [build(ROOT / "build" / "gallery")]
    print("\n".join(str(path.relative_to(ROOT)) for path in made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
