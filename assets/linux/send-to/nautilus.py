"""“Send to Dropslot” in the menu of Files (Nautilus): hands what is selected to the window. Needs python3-nautilus."""

import locale
import shutil
import subprocess

from gi.repository import GObject, Nautilus

LABELS = {"en": "Send to Dropslot", "ko": "Dropslot으로 보내기"}


def label():
    language = (locale.getlocale(locale.LC_MESSAGES)[0] or "en").split("_")[0]
    return LABELS.get(language, LABELS["en"])


class SendToDropslot(GObject.GObject, Nautilus.MenuProvider):
    def get_file_items(self, *arguments):
        # Nautilus 43 and later gives the files alone, earlier ones the window before them.
        files = arguments[-1]
        # Only what lies on this machine (or looks as if it did) has a path.
        paths = [file.get_location().get_path() for file in files]
        if not paths or None in paths or shutil.which("dropslot") is None:
            return []
        item = Nautilus.MenuItem(name="Dropslot::Send", label=label(), icon="dropslot")
        item.connect("activate", lambda _item: subprocess.Popen(["dropslot", "--", *paths]))
        return [item]
