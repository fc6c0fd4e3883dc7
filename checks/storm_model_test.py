"""Tests of the parts of the independent model: python3 -m unittest discover -s checks -p '*_test.py'"""
import copy
import pathlib
import re
import unittest

import storm_model
from storm_model import Bucket, Clock, Pool, Storm, Taken, Throttled, TooManyRequests


def finished(process):
    """Runs a process alone: what it returns, and for how long it waited."""
    waited = 0.0
    while True:
        try:
            waited += next(process)
        except StopIteration as end:
            return end.value, waited


class ConditionsTest(unittest.TestCase):
    """The model shares no code with the simulator, but its conditions: what each says of AWS stands in its own source."""

    API = pathlib.Path(__file__).resolve().parent.parent / "simulator/src/main/java/eiponlaunch/simulator/world/api"

    def test_an_answer_costs_what_it_costs_in_the_simulator(self):
        usual = re.search(r"Payload usual\(\) \{.*?\}", (self.API / "Payload.java").read_text(), re.S).group()
        self.assertEqual(
            {api: int(number.replace("_", "")) for api, number in re.findall(r'"(\w+)", ([\d_]+)', usual)}, storm_model.ITEM_BYTES)
        self.assertEqual(int(re.search(r"ofMillis\((\d+)\)", usual).group(1)) / 1000, storm_model.SECONDS_PER_MEGABYTE)

    def test_rates_and_latencies_are_those_of_the_simulator(self):
        source = (self.API / "CloudSettings.java").read_text()
        settings = re.search(r"documented\(\) \{.*?\n    \}", source, re.S).group()
        rates = {api: (int(size), int(rate)) for api, size, rate in re.findall(r'(\w+)"?,\s+new Rate\((\d+), (\d+)\)', settings)}
        rates["AutoScaling"] = rates.pop("AUTO_SCALING")
        latencies = {api: (int(least) / 1000, int(most) / 1000)
                     for api, least, most in re.findall(r'"(\w+)", Latency.ofMillis\((\d+), (\d+)\)', settings)}
        self.assertEqual({api: rates[api] for api in storm_model.RATES}, storm_model.RATES)
        services = (self.API.parent.parent / "faults/Service.java").read_text()
        self.assertLessEqual(set(storm_model.SHARED), set(re.findall(r'"(\w+)"', re.search(r"-> EC2;(.*?)-> AUTO_SCALING;", services, re.S).group(1))))
        self.assertEqual({api: latencies[api] for api in storm_model.LATENCIES}, storm_model.LATENCIES)


class ClockTest(unittest.TestCase):
    def test_processes_go_on_in_the_order_of_time_and_at_the_same_time_in_that_of_their_start(self):
        clock, said = Clock(), []

        def process(name, *waits):
            for seconds in waits:
                yield seconds
                said.append((name, clock.now))

        clock.start(process("first", 2, 2))
        clock.start(process("second", 2, 1))
        clock.run()
        self.assertEqual(said, [("first", 2), ("second", 2), ("second", 3), ("first", 4)])


class BucketTest(unittest.TestCase):
    def test_grants_what_is_in_it_and_then_what_comes_back(self):
        bucket = Bucket(50, 5)
        self.assertEqual(sum(bucket.take(0) for _ in range(60)), 50)
        self.assertEqual(sum(bucket.take(10) for _ in range(60)), 50)
        self.assertEqual(sum(bucket.take(10.4) for _ in range(60)), 2)

    def test_is_never_fuller_than_full(self):
        bucket = Bucket(50, 5)
        bucket.take(0)
        self.assertEqual(sum(bucket.take(1000) for _ in range(60)), 50)


class PoolTest(unittest.TestCase):
    def test_shows_what_was_free_then(self):
        pool = Pool(3)
        pool.associate(1.0, 0, 7)
        pool.associate(2.0, 2, 4)
        self.assertEqual(pool.at(0.5), ([0, 1, 2], []))
        self.assertEqual(pool.at(1.0), ([1, 2], [7]))
        self.assertEqual(pool.at(2.0), ([1], [4, 7]))

    def test_an_address_is_given_once(self):
        pool = Pool(3)
        pool.associate(1.0, 1, 7)
        with self.assertRaises(Taken):
            pool.associate(1.1, 1, 8)
        self.assertEqual(pool.at(2.0), ([0, 2], [7]))


class StormTest(unittest.TestCase):
    def test_a_quiet_launch_takes_five_calls_and_six_transitions(self):
        result = Storm(1, 1).result()
        self.assertEqual(result["transitions"], 6)
        self.assertEqual(result["apiCalls"], {
            "DescribeAutoScalingGroups": 1, "DescribeAddresses": 1, "DescribeInstances": 1, "AssociateAddress": 1, "CompleteLifecycleAction": 1})
        self.assertLess(result["secondsToLastContinue"], 9)

    def test_nothing_is_granted_before_ec2_grants_it(self):
        for seed in range(1, 6):
            result = Storm(300, seed).result()
            self.assertEqual(result["continued"], 300)
            self.assertGreaterEqual(result["secondsToLastContinue"], (300 - 50) / 5)

    def test_the_same_seed_gives_the_same_storm(self):
        self.assertEqual(Storm(120, 3).result(), Storm(120, 3).result())

    def test_a_cold_function_starts_slower_than_a_warm_one(self):
        storm = Storm(1, 1)

        def nothing():
            return
            yield

        self.assertGreaterEqual(finished(storm.invoke("FindFreeEip", nothing()))[1], storm_model.COLD_START[0])
        self.assertLess(finished(storm.invoke("FindFreeEip", nothing()))[1], storm_model.COLD_START[0])

    def test_an_account_has_so_many_environments_and_no_more(self):
        storm = Storm(1, 1)
        storm.busy = storm_model.CONCURRENCY
        with self.assertRaises(TooManyRequests):
            finished(storm.invoke("FindFreeEip", iter(())))

    def test_a_task_is_tried_again_as_often_as_its_retrier_says(self):
        storm, tries = Storm(1, 1), []

        def refused():
            tries.append(1)
            raise Throttled
            yield

        with self.assertRaises(Throttled):
            finished(storm.task("FindFreeEip", refused, {Throttled: (1, 2, 7, 6)}))
        self.assertEqual(len(tries), 7)


class CompareTest(unittest.TestCase):
    RESULTS = [Storm(60, seed).result() for seed in (1, 2)]

    def test_what_is_equal_agrees(self):
        self.assertTrue(storm_model.compare({60: self.RESULTS})[1])

    def test_each_figure_that_is_a_tenth_off_is_told(self):
        def changed(change):
            results = copy.deepcopy(self.RESULTS)
            for result in results:
                change(result)
            return results

        for name, change in {
            "all launched within": lambda result: result.update(secondsToLastContinue=1.1 * result["secondsToLastContinue"]),
            "AssociateAddress": lambda result: result["apiCalls"].update(AssociateAddress=1.1 * result["apiCalls"]["AssociateAddress"]),
            "Describe": lambda result: result["apiCalls"].update(DescribeAddresses=1.5 * result["apiCalls"]["DescribeAddresses"]),
            "conflicts": lambda result: result.update(conflicts=result["conflicts"] + 6),
            "transitions": lambda result: result.update(transitions=1.1 * result["transitions"]),
        }.items():
            with self.subTest(name):
                lines, good = storm_model.compare({60: changed(change)})
                self.assertFalse(good)
                self.assertEqual([name in line for line in lines if "too much" in line], [True])

    def test_a_launch_that_was_lost_is_told(self):
        lost = copy.deepcopy(self.RESULTS)
        lost[1]["continued"] = 59
        lines, good = storm_model.compare({60: lost})
        self.assertFalse(good)
        self.assertIn("not all launched", lines[-1])


if __name__ == "__main__":
    unittest.main()
