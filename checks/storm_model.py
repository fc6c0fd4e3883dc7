#!/usr/bin/env python3
"""A second model of a launch storm, to find out when the simulator is wrong: written from the documents (docs/architecture.md, the
definition and the throttling pages of AWS), and sharing no code with it. One group and its pool, the documented profile, no faults.

usage: checks/storm_model.py LAUNCHES [SEEDS]    prints the result of each of seeds 1 to SEEDS, 5 unless told otherwise, as JSON

What is meant to be different: a process is a generator that waits, each call of a function happens when the one before has been
answered, and nothing is a state machine. What is meant to be equal is the conditions below.
"""
import argparse
import bisect
import collections
import heapq
import itertools
import json
import math
import random
import statistics

# The documented profile. Rates: tokens of a full bucket, tokens each second.
RATES = {"DescribeAddresses": (100, 20), "DescribeInstances": (100, 20), "AssociateAddress": (50, 5), "CompleteLifecycleAction": (100, 10)}
LATENCIES = {  # seconds, least to most
    "DescribeAddresses": (0.08, 0.4), "DescribeInstances": (0.08, 0.5), "AssociateAddress": (0.2, 0.9), "CompleteLifecycleAction": (0.06, 0.4),
}
DELIVERY, TRANSITION, WARM_START, COLD_START = (0.3, 2.0), (0.01, 0.06), (0.005, 0.04), (0.3, 1.2)
CONCURRENCY = 1000
STALENESS = 1.0
OVER = 1.0
DEADLINE, HEARTBEAT = 600, 720


# What the two must agree on, by the names of the simulator's result, and by how much they may differ
FIGURES = {
    "all launched within, s": lambda result: result["secondsToLastContinue"],
    "AssociateAddress calls per launch": lambda result: result["apiCalls"]["AssociateAddress"] / result["launches"],
    "Describe calls per launch":
        lambda result: sum(calls for api, calls in result["apiCalls"].items() if api.startswith("Describe")) / result["launches"],
    "conflicts per launch": lambda result: result["conflicts"] / result["launches"],
    "state transitions per launch": lambda result: result["transitions"] / result["launches"],
}
RELATIVE, ABSOLUTE = 0.05, 0.005


class Throttled(Exception):
    pass


class TooManyRequests(Exception):
    pass


class Taken(Exception):
    pass


class Clock:
    """Runs processes: generators that yield for how many seconds they wait."""

    def __init__(self):
        self.now, self.queue, self.sequence = 0.0, [], itertools.count()

    def start(self, process, at=0.0):
        heapq.heappush(self.queue, (at, next(self.sequence), process))

    def run(self):
        while self.queue:
            self.now, _, process = heapq.heappop(self.queue)
            for seconds in process:
                self.start(process, self.now + seconds)
                break


class Bucket:
    def __init__(self, size, per_second):
        self.size, self.per_second, self.tokens, self.filled = size, per_second, size, 0.0

    def take(self, now):
        self.tokens = min(self.size, self.tokens + (now - self.filled) * self.per_second)
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Pool:
    """Which instance has which address, and had it a moment ago."""

    def __init__(self, addresses):
        self.free = list(range(addresses))
        self.holders = []
        self.taken = []  # (when, address, instance), oldest first

    def associate(self, now, address, instance):
        place = bisect.bisect_left(self.free, address)
        if place == len(self.free) or self.free[place] != address:
            raise Taken
        del self.free[place]
        bisect.insort(self.holders, instance)
        self.taken.append((now, address, instance))

    def at(self, then):
        """The free addresses and the holders, both in order."""
        since = bisect.bisect_right(self.taken, then, key=lambda taken: taken[0])
        if since == len(self.taken):
            return self.free, self.holders
        later = self.taken[since:]
        gone = {instance for _, _, instance in later}
        return sorted(self.free + [address for _, address, _ in later]), [holder for holder in self.holders if holder not in gone]


class Storm:
    def __init__(self, launches, seed):
        self.random = random.Random(seed)
        self.clock = Clock()
        self.buckets = {api: Bucket(*rate) for api, rate in RATES.items()}
        self.calls, self.throttled = collections.Counter(), collections.Counter()
        self.launches, self.pool = launches, Pool(launches)
        self.idle, self.busy = collections.Counter(), 0
        self.conflicts = self.transitions = self.launched = 0
        self.last = 0.0
        order = list(range(launches))  # an instance is its place in the order of IDs, which says nothing about when it came
        self.random.shuffle(order)
        for number, instance in enumerate(order):
            self.clock.start(self.launch(instance, OVER * number / launches), OVER * number / launches)

    def between(self, least, most):
        return least + (most - least) * self.random.random() ** 3  # mostly near the least

    # What everything is made of

    def enter(self):
        self.transitions += 1
        yield self.between(*TRANSITION)

    def call(self, api):
        self.calls[api] += 1
        granted = self.buckets[api].take(self.clock.now)
        yield self.between(*LATENCIES[api])
        if not granted:
            self.throttled[api] += 1
            raise Throttled

    def describe(self, api):
        """Yields like a call; returns when what it tells was true."""
        then = self.clock.now - STALENESS * self.random.random()
        yield from self.call(api)
        return then

    def invoke(self, function, body):
        if self.busy >= CONCURRENCY:
            raise TooManyRequests
        self.busy += 1
        warm = self.idle[function] > 0
        self.idle[function] -= warm
        try:
            yield self.between(*(WARM_START if warm else COLD_START))
            return (yield from body)
        finally:
            self.busy -= 1
            self.idle[function] += 1

    def task(self, function, body, retriers):
        """A Task state: `retriers` says of an error the seconds before the first retry, the rate, the longest pause and the tries."""
        tried = collections.Counter()
        while True:
            yield from self.enter()
            try:
                return (yield from self.invoke(function, body()))
            except tuple(retriers) as error:
                kind = type(error)
                interval, rate, longest, most = retriers[kind]
                if tried[kind] == most:
                    raise
                pause = min(longest, interval * rate ** tried[kind])
                tried[kind] += 1
                yield pause * self.random.random()

    def wait(self, seconds):
        yield from self.enter()
        yield seconds

    # The workflow

    def launch(self, instance, event):
        yield self.between(*DELIVERY)
        self.transitions += 1  # StartOnce starts it at once
        yield self.between(*TRANSITION)
        began, start = math.floor(event), self.clock.now
        found = None
        while True:
            try:
                address, turn = found = yield from self.task("FindFreeEip", lambda: self.find(instance), {
                    Throttled: (1, 2, 7, 6), TooManyRequests: (1, 2, math.inf, 2)})
                yield from self.enter()  # EipFound
                if turn > 20:
                    yield from self.wait(turn - 10)  # WaitInQueue
                    continue
                if turn:
                    yield from self.wait(turn)  # WaitForTurn
                attempts = []
                try:
                    yield from self.task("AssociateEip", lambda: self.associate(instance, address, attempts), {
                        Throttled: (1, 1.6, 9, 7), TooManyRequests: (1, 2, math.inf, 2)})
                    yield from self.enter()  # EipAssociated
                    break
                except Taken:
                    self.conflicts += 1
                    yield from self.enter()  # EipAssociated
                    if len(attempts) > 1:
                        yield from self.wait(5)  # WaitForEffect
            except (Throttled, TooManyRequests):
                yield from self.enter()  # DeadlineLeft
                left = began + DEADLINE - self.clock.now
                if left <= 2:
                    return
                longest = min(60, (self.clock.now - start) / 2, left / 2)
                yield from self.wait((5 if found else 1) + math.floor(self.random.random() * longest))  # WaitToFindAgain
        for tries in itertools.count(1):
            try:
                yield from self.task("CompleteLifecycle", self.complete, {})
                return
            except (Throttled, TooManyRequests):
                yield from self.enter()  # HeartbeatLeftToContinue
                longest = min(60, 2 ** tries, (began + HEARTBEAT - self.clock.now) / 2)
                yield from self.wait(1 + math.floor(self.random.random() * longest))  # WaitToContinueAgain

    def find(self, instance):
        """FindFreeEip: the address at its own place in the queue, and the seconds until EC2 is likely to grant it."""
        free, holders = self.pool.at((yield from self.describe("DescribeAddresses")))
        yield from self.describe("DescribeInstances")
        ahead = instance - bisect.bisect_left(holders, instance)
        tokens = max(0, 50 - len(holders))
        return free[ahead % len(free)], math.ceil(max(0, ahead - tokens) / 5.5)

    def associate(self, instance, address, attempts):
        attempts.append(address)
        granted_at = self.clock.now
        self.calls["AssociateAddress"] += 1
        granted = self.buckets["AssociateAddress"].take(granted_at)
        taken = False
        if granted:
            try:
                self.pool.associate(granted_at, address, instance)
            except Taken:
                taken = True
        yield self.between(*LATENCIES["AssociateAddress"])
        if not granted:
            self.throttled["AssociateAddress"] += 1
            raise Throttled
        if taken:
            raise Taken

    def complete(self):
        granted_at = self.clock.now
        yield from self.call("CompleteLifecycleAction")
        self.launched += 1
        self.last = max(self.last, granted_at)

    def result(self):
        self.clock.run()
        return {"launches": self.launches, "continued": self.launched, "secondsToLastContinue": self.last, "apiCalls": dict(self.calls),
                "throttled": dict(self.throttled), "conflicts": self.conflicts, "transitions": self.transitions}


def agree(simulated, modelled):
    return abs(simulated - modelled) <= max(RELATIVE * max(simulated, modelled), ABSOLUTE)


def compare(results):
    """Runs each storm once more for each result of the simulator, by number of launches: the lines of a Markdown table, and whether
    all figures agree. They are means of the seeds."""
    lines = ["| Launches | | simulator | independent model | difference |", "| ---: | --- | ---: | ---: | ---: |"]
    all_agree = True
    for launches, simulated in results.items():
        modelled = [Storm(launches, seed).result() for seed in range(1, len(simulated) + 1)]
        if any(result["continued"] < launches for result in modelled + simulated):
            lines.append(f"| {launches} | not all launched | {min(result['continued'] for result in simulated)} "
                         f"| {min(result['continued'] for result in modelled)} | |")
            all_agree = False
            continue
        for name, figure in FIGURES.items():
            ours, other = statistics.mean(map(figure, simulated)), statistics.mean(map(figure, modelled))
            good = agree(ours, other)
            all_agree = all_agree and good
            difference = f"{(ours - other) / other:+.1%}" if other else "" if ours == other else "all"
            lines.append(f"| {launches} | {name} | {ours:.2f} | {other:.2f} | {difference}{'' if good else ', **too much**'} |")
    return lines, all_agree


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("launches", type=int)
    parser.add_argument("seeds", type=int, nargs="?", default=5)
    options = parser.parse_args()
    for seed in range(1, options.seeds + 1):
        print(json.dumps(Storm(options.launches, seed).result()))


if __name__ == "__main__":
    main()
