"""Makes a release from the last commit: what is deployed, without a build. `release/build [FOLDER]` runs it.

FOLDER (target/release unless given) then has eip-on-launch-VERSION/, the same as a zip, and SHA256SUMS. VERSION is that of
lambdas/pom.xml. The same commit and JDK make the same bytes; a change that is not committed is left out.
"""
import hashlib
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTIONS = "functions.zip"
TIME = (2026, 1, 1, 0, 0, 0)  # of every entry, as project.build.outputTimestamp
SETTINGS = """version = 0.1

[default.global.parameters]
# Under another name ./preflight finds the stack as well: it reads this file.
stack_name = "eip-on-launch"

"""


def source(folder):
    """The files of the last commit."""
    archive = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def package(lambdas):
    """Builds the folder as `sam build` does: without the file by which the project knows itself."""
    (lambdas / ".aws-sam").unlink()
    done = subprocess.run(["mvn", "clean", "install", "-Dcyclonedx.skip=false"], cwd=lambdas, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-4000:]}\nrelease/build: the functions could not be built")


def zipped(file, entries):
    """A zip in which nothing but names and contents counts."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(entries.items()):
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def files(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class WithoutAliases(yaml.SafeDumper):
    """Writes again what an alias names; CloudFormation reads no aliases, and Terraform hands it this file."""

    def anchor_node(self, node):
        self.anchors[node] = None
        for child in node.value if isinstance(node, yaml.CollectionNode) else ():
            for each in child if isinstance(child, tuple) else (child,):
                self.anchor_node(each)

    def serialize_node(self, node, parent, index):
        self.serialized_nodes.pop(node, None)
        super().serialize_node(node, parent, index)


def merged(loader, node):
    """What `<<` names, put in its place, here and in everything within."""
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        for each in child if isinstance(child, tuple) else (child,):
            merged(loader, each)
    return node


def template(text):
    """The template as CloudFormation reads it, with the package in place of the folder that it is made of."""
    loader = yaml.SafeLoader(text)
    written = yaml.serialize(merged(loader, loader.get_single_node()), Dumper=WithoutAliases, width=10_000, allow_unicode=True)
    changed, count = re.subn(r"(?m)^( +CodeUri:) lambdas$", rf"\1 {FUNCTIONS}", written)
    if count != 1:
        sys.exit(f"release/build: sam-template.yaml names the functions' folder {count} times")
    return changed


def settings(text):
    """What `sam deploy` reads, without what `sam build` does."""
    return SETTINGS + text[text.index("[default.deploy.parameters]"):]


def notes(changes, version):
    """What the change log says of the version, or of what is not released yet."""
    parts = dict(re.findall(r"(?ms)^## (\S+)\n(.*?)(?=^## |\Z)", changes))
    return f"# eip-on-launch {version}\n\n{(parts.get('Unreleased') or parts[version]).strip()}\n"


def main():
    out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release").resolve()
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        project = pathlib.Path(scratch)
        source(project)
        lambdas = project / "lambdas"
        version = re.search(r"<artifactId>lambdas</artifactId>\s*<version>([^<]+)", (lambdas / "pom.xml").read_text())[1]
        package(lambdas)
        release = out / f"eip-on-launch-{version}"
        shutil.rmtree(release, ignore_errors=True)
        for name in ("statemachine", "terraform"):
            shutil.copytree(project / name, release / name)
        functions = files(lambdas / "target/classes")
        functions.update({f"lib/{name}": content for name, content in files(lambdas / "target/dependency").items()})
        zipped(release / FUNCTIONS, functions)
        (release / "template.yaml").write_text(template((project / "sam-template.yaml").read_text()))
        (release / "samconfig.toml").write_text(settings((project / "samconfig.toml").read_text()))
        shutil.copy(lambdas / "target/bom.json", release / "bom.json")
        (release / "NOTES.md").write_text(notes((project / "CHANGELOG.md").read_text(), version))
        for name in ("LICENSE", "README.md", *(f"docs/{file.name}" for file in (project / "docs").glob("*.md"))):
            (release / name).parent.mkdir(exist_ok=True)
            shutil.copy(project / name, release / name)
    archive = out / f"{release.name}.zip"
    zipped(archive, {f"{release.name}/{name}": content for name, content in files(release).items()})
    sums = [(hashlib.sha256(file.read_bytes()).hexdigest(), file.relative_to(out).as_posix())
            for file in [archive, *sorted(release.rglob("*"))] if file.is_file()]
    (out / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for digest, name in sums))
    print(f"{archive}, {archive.stat().st_size >> 20} MB, {sums[0][0]}")


if __name__ == "__main__":
    main()
