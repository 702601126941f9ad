"""Executes a notebook from the folder it is run in, and fails where a cell does. Usage: python run_notebook.py NOTEBOOK"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(Path(sys.argv[1]), as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
drawn = sum("text/html" in output.get("data", {}) for cell in cells for output in cell.outputs)
if drawn == 0:
    sys.exit("FAILED: nothing was drawn")
print(f"{sys.argv[1]}: {len(cells)} cells, {drawn} of them draw")
