"""FindFreeEip: built as `sam build` deploys it, and run under AWS's runtime interface emulator, EC2 being a server on loopback. The emulators must be up: eval "$(emulators/up)"
"""
import contextlib
import datetime
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
HANDLER = "eiponlaunch.findfreeeip.FindFreeEipHandler::handleRequest"
# What Lambda's own image starts Java with.
JVM = ["-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]
MEGABYTES = 1769  # MemorySize in sam-template.yaml
MAVEN = ["mvn", "-q", "-B"]


class Failed(Exception):
    """What the function answered in place of an address."""


def emulators_are_up():
    return all(name in os.environ for name in ("EMULATORS_RIE", "EMULATORS_RUNTIME_JARS"))


def run(folder, *command):
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)


def copy_of_the_code(folder):
    shutil.copytree(ROOT / "lambdas", folder, ignore=shutil.ignore_patterns("target", ".aws-sam"))
    return folder


def with_powertools(folder):
    run(folder, ROOT / "examples/powertools/apply", folder)
    return folder


def package(folder, *options):
    """What `sam build` makes of a CodeUri: target/classes, and the dependencies in lib/."""
    run(folder, *MAVEN, *options, "clean", "package", "dependency:copy-dependencies", "-DincludeScope=runtime",
        "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "-Denforcer.skip=true")
    built = folder / "built"
    shutil.copytree(folder / "target/classes", built)
    shutil.copytree(folder / "target/dependency", built / "lib")
    return built


ANSWERS = {file.stem: file.read_bytes() for file in (ROOT / "checks/answers").glob("*.xml")}


def file_of_its_name(form):
    return ANSWERS[form["Action"][0]]


class Ec2(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # the connection stays open for the next call
    wbufsize = -1  # the head of an answer and its body go out together: else the second waits 40 ms for the first's receipt
    answer = staticmethod(file_of_its_name)

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        answer = self.answer(form)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        with contextlib.suppress(ConnectionError, ssl.SSLError):  # who called did not wait for all of it
            self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def ec2(answer=file_of_its_name, certificate=None):
    """Yields the URL of the server that answers for EC2 and Auto Scaling.

    answer: the body for the parameters of a request; certificate: a file with it and its key, for TLS.
    """
    handler = type("Answering", (Ec2,), {"answer": staticmethod(answer)})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
        server.shutdown()


def certificate(folder):
    """A certificate for 127.0.0.1 with its key in one file, and a file of the certificates that Java is to trust."""
    pem, trusted = folder / "server.pem", folder / "trusted.p12"
    run(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", pem, "-out", "certificate.pem")
    run(folder, "keytool", "-importcert", "-noprompt", "-alias", "server", "-file", "certificate.pem", "-keystore", trusted,
        "-storetype", "PKCS12", "-storepass", "changeit")
    pem.write_bytes(pem.read_bytes() + (folder / "certificate.pem").read_bytes())
    return pem, trusted


def descendants(pid):
    """The process and those that come of it."""
    children = {}
    for file in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            parent = int(file.read_text().rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append(int(file.parent.name))
    found = [pid]
    for process in found:
        found += children.get(process, [])
    return found


def peak_megabytes(pid):
    """The most memory that the process and its descendants ever had, each for itself."""
    most = [re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{process}/status").read_text()) for process in descendants(pid)]
    return sum(int(found[1]) for found in most if found) / 1024


def cpu_millis(pid):
    """What the process and its descendants have used."""
    used = 0
    for process in descendants(pid):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            used += 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def baseline(folder):
    """A function that returns its input: what Lambda's Java runtime takes by itself."""
    (folder / "lib").mkdir(parents=True)
    run(ROOT / "checks/baseline", "javac", "--release", "17", "-cp", f"{os.environ['EMULATORS_RUNTIME_JARS']}/*", "-d", folder,
        "ReturnsItsInput.java")
    return folder


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def sample():
    return json.loads((ROOT / "events/find-free-eip.json").read_text())


def sent_now(**detail):
    """The sample, as if its event were sent now, with that in its detail."""
    text = sample()
    text["event"]["time"] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    text["event"]["detail"] |= detail
    return json.dumps(text).encode()


def settings(ec2_url):
    """The environment in which the SDK calls that server."""
    return {"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL_EC2": ec2_url,
            "AWS_ENDPOINT_URL_AUTO_SCALING": ec2_url}


@contextlib.contextmanager
def started(built, ec2_url, megabytes=MEGABYTES, log=subprocess.DEVNULL, enter=None, handler=HANDLER, jvm=()):
    """Starts the function and yields what invokes it: with `sent_now`, and the first time it waits until the function is up.
    It returns the milliseconds of CPU that the function has used so far.

    log: where its output goes; enter: called in its process before it runs; jvm: further options of Java.
    """
    port, api = free_port(), free_port()
    runtime = f"{os.environ['EMULATORS_RUNTIME_JARS']}/*"  # loads the function from LAMBDA_TASK_ROOT
    environment = {**os.environ, **settings(ec2_url), "LAMBDA_TASK_ROOT": str(built), "_HANDLER": handler}
    environment.pop("AWS_SESSION_TOKEN", None)
    command = [os.environ["EMULATORS_RIE"], "--log-level", "error", "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
               "--runtime-api-address", f"127.0.0.1:{api}",
               shutil.which("java"), *JVM, f"-Xmx{megabytes * 3 // 4}m", *jvm, "-cp", runtime,
               "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler]
    since = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=built, stdout=log, stderr=log, preexec_fn=enter)

    def invoke(**detail):
        url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
        request = urllib.request.Request(url, data=sent_now(**detail))
        while True:
            try:
                answer = json.loads(urllib.request.urlopen(request, timeout=60).read())
            except urllib.error.HTTPError as error:
                raise Failed(error.read().decode())
            except (ConnectionError, urllib.error.URLError):
                if process.poll() is not None or time.monotonic() - since > 60:
                    raise
                time.sleep(0.005)
            else:
                if handler == HANDLER and answer.get("outcome") != "Found":
                    raise Failed(answer)
                return cpu_millis(process.pid)

    invoke.pid = process.pid
    try:
        yield invoke
    finally:
        process.terminate()
        process.wait()
