"""What was tried in an explorer of bits: a table that fills as the dials turn."""

from collections.abc import Mapping

from .rounded import BITS, SHARED, Setting


def tried(found: Mapping[Setting, int], chosen: Setting | None, texts: int) -> str:
    """A row for each way to share a scale, a column for each number of bits; `found` counts equal answers."""
    head = "".join(f'<th scope="col">{number} bits</th>' for number in BITS)
    rows = {shared: "".join(_cell(found, (bits, shared), chosen) for bits in BITS) for shared in SHARED}
    body = "".join(f'<tr><th scope="row">{shared}</th>{cells}</tr>' for shared, cells in rows.items())
    return (
        f'<table class="hflearn-tried"><caption>Answers that rounding left unchanged, of {texts}, at the '
        f'settings that you tried.</caption><thead><tr><th scope="col">scale</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(found: Mapping[Setting, int], setting: Setting, chosen: Setting | None) -> str:
    if setting not in found:
        return "<td>·</td>"
    count = found[setting]
    return f'<td class="chosen"><b>{count}</b></td>' if setting == chosen else f"<td>{count}</td>"
