"""The loop of docs/runbook.md that replays the dead-letter queue, run with a queue of files in place of AWS."""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AWS = """
output() { echo "$1"; }
aws() {
    case "$1 $2" in
        "sqs receive-message") for message in *.json; do [ ! -e "$message" ] || cat "$message"; break; done ;;
        "sqs delete-message") rm "$6" ;;
        "stepfunctions start-execution") if [ -e refused ]; then return 1; else printf '%s\\t%s\\n' "$4" "$6" >>started; fi ;;
        *) echo "unexpected: $*" >&2; exit 2 ;;
    esac
}
"""


def replay():
    runbook = (ROOT / "docs/runbook.md").read_text()
    section = re.search(r"(?ms)^## Replay a message.*?(?=^## |\Z)", runbook)[0]
    return re.search(r"(?s)```sh\n(.*?)```", section)[1]


@unittest.skipUnless(shutil.which("jq"), "no jq, which the loop needs")
class ReplayTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.queue = Path(folder.name)

    def send(self, name, body):
        (self.queue / f"{name}.json").write_text(json.dumps({"Body": body, "ReceiptHandle": f"{name}.json"}))

    def run_loop(self, errors=""):
        done = subprocess.run(["bash", "-c", AWS + replay()], cwd=self.queue, capture_output=True, text=True, timeout=20, check=False)
        self.assertRegex(done.stderr, f"^{errors}$")
        started = self.queue / "started"
        lines = started.read_text().splitlines() if started.exists() else []
        return done.stdout, [line.split("\t") for line in lines]

    def test_each_event_starts_the_machine_of_its_kind(self):
        launch, terminate = ((ROOT / "events" / name).read_text() for name in ("launch.json", "instance-terminate.json"))
        self.send("1", json.dumps(json.loads(launch)))
        self.send("2", json.dumps(json.loads(terminate)))

        _, started = self.run_loop()

        self.assertEqual(["StartOnceArn", "EipOnTerminateArn"], [machine for machine, _ in started])
        self.assertEqual([json.loads(launch), json.loads(terminate)], [json.loads(event) for _, event in started])
        self.assertEqual([], list(self.queue.glob("*.json")))

    def test_what_the_scheduler_wrote_starts_nothing_and_is_shown_and_deleted(self):
        self.send("1", json.dumps({"scheduleArn": "arn:aws:scheduler:…", "input": "{\"autoScalingGroupNames\": [\"forward-proxy\"]}"}))

        printed, started = self.run_loop()

        self.assertEqual([], started)
        self.assertIn("forward-proxy", printed)
        self.assertEqual([], list(self.queue.glob("*.json")))

    def test_what_cannot_be_read_stays(self):
        for body in ("not json", (ROOT / "events/launch.json").read_text()[:200], "[1]", json.dumps({"detail-type": "another"})):
            with self.subTest(body):
                self.send("1", body)

                printed, started = self.run_loop(r"(?s:.*error.*)?")

                self.assertEqual([], started)
                self.assertIn("not understood", printed)
                self.assertEqual(["1.json"], [message.name for message in self.queue.glob("*.json")])

    def test_an_event_stays_if_its_execution_does_not_start(self):
        self.send("1", json.dumps(json.loads((ROOT / "events/launch.json").read_text())))
        (self.queue / "refused").touch()

        self.run_loop()

        self.assertEqual(["1.json"], [message.name for message in self.queue.glob("*.json")])


if __name__ == "__main__":
    unittest.main()
