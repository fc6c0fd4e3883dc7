"""The table of checks/mutations, without running it: every change still applies, and every test is there."""

import importlib.machinery
import importlib.util
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def table():
    loader = importlib.machinery.SourceFileLoader("mutations", str(ROOT / "checks" / "mutations"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutations", loader))
    sys.modules["mutations"] = module
    loader.exec_module(module)
    return module.MUTATIONS


class MutationsTest(unittest.TestCase):
    def test_every_mutation_applies_to_its_file(self):
        for mutation in table():
            with self.subTest(mutation.description):
                shipped = (ROOT / mutation.file).read_text()
                self.assertNotEqual(shipped, mutation.edit(shipped))

    def test_every_test_that_is_to_notice_one_is_there(self):
        for mutation in table():
            name, _, method = mutation.test.partition("#")
            with self.subTest(mutation.description):
                (source,) = (ROOT / mutation.module).glob(f"src/test/**/{name}.java")
                self.assertTrue(f" {method}(" in source.read_text(), f"{source.name} has no {method}")


if __name__ == "__main__":
    unittest.main()
