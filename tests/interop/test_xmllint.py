"""xmllint finds the GraphML, and Graphviz's SVG of the DOT, well-formed."""
import shutil
import subprocess

from common import NAMES, exports, need_program, path

need_program("xmllint", "Debian: libxml2-utils")
folder = exports()
for name in NAMES:
    subprocess.run(["xmllint", "--nonet", "--noout", path(folder.name, name, "graphml")], check=True)
    if shutil.which("dot") and name != "ring1100":
        svg = path(folder.name, name, "svg")
        subprocess.run(["dot", "-Tsvg", "-o", svg, path(folder.name, name, "dot")], check=True)
        subprocess.run(["xmllint", "--nonet", "--noout", svg], check=True)
