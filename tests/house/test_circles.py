"""No module imports itself by way of others: a reader can take the modules in one order, from the ground up."""

from __future__ import annotations

import grimp


def circles(graph: grimp.ImportGraph) -> list[list[str]]:
    """The groups of modules that import one another, found by taking away whatever imports nothing that is left."""
    left = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    while free := [module for module, wants in left.items() if not wants & left.keys() - {module}]:
        for module in free:
            del left[module]
    found = []
    for module in sorted(left):
        reached = graph.find_upstream_modules(module)
        group = sorted({module, *(other for other in reached if module in graph.find_upstream_modules(other))})
        if group[0] == module and group[1:]:
            found.append(group)
    return found


def test_no_circle_among_the_modules() -> None:
    assert circles(grimp.build_graph("polidiff", cache_dir=None)) == []


def test_a_circle_would_be_found() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]:
        graph.add_import(importer=importer, imported=imported)
    assert circles(graph) == [["b", "c"]]
