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
RATES = {"DescribeAddresses": (100, 20), "DescribeInstances": (100, 20), "AssociateAddress": (50, 5), "AutoScaling": (100, 10)}
SHARED = {"DescribeAutoScalingGroups": "AutoScaling", "CompleteLifecycleAction": "AutoScaling"}  # all calls of Auto Scaling share one
LATENCIES = {  # seconds, least to most
    "DescribeAddresses": (0.08, 0.4), "DescribeInstances": (0.08, 0.5), "DescribeAutoScalingGroups": (0.06, 0.4),
    "AssociateAddress": (0.2, 0.9), "CompleteLifecycleAction": (0.06, 0.4),
}
ITEM_BYTES = {"DescribeAddresses": 700, "DescribeInstances": 8000, "DescribeAutoScalingGroups": 470}
SECONDS_PER_MEGABYTE = 0.12
DELIVERY, TRANSITION, WARM_START, COLD_START = (0.3, 2.0), (0.01, 0.06), (0.005, 0.04), (0.3, 1.2)
CONCURRENCY = 1000
STALENESS = 1.0
OVER = 1.0
DEADLINE, HEARTBEAT = 600, 720
BURST, PER_SECOND = 50, 5  # what the workflow believes of AssociateAddress
LOOKS_AT_ONCE, LOOKS_PER_SECOND = 100, 5  # and of DescribeAutoScalingGroups, beside the launches that are completed
FIRST_LOOKS = 15  # seconds for which first looks count
MOST_AHEAD, IN_HAND = 50, 1  # whom a storm's later looks expect ahead, and the seconds for which EC2's tokens have added up
BEFORE_A_LOOK = 3  # seconds before each look that comes again
SPREAD = (25, 37.5, 56.25)  # seconds, after looks in a row that EC2 throttled
SHARE_OF_LOOKS, BURST_LASTS, SOONEST_LOOK, LATEST_SECOND_LOOK = 0.88, 6, 5, 15  # of looks that Auto Scaling throttled, the last three in seconds
SHARE_OF_FIRST_TRIES = 0.94  # of the rate, after 45 seconds of a storm: the rest is for those who try again
ON_THE_WAY, ON_THE_WAY_IN_STORM, SHARE_OF_THE_WAY = 4, 20, 0.3  # seconds to a turn, after a throttled try, from which on a launch looks again before it; when
NEARLY_OVER, MOST_AHEAD_THEN = 110, 15  # free addresses, after 45 seconds of a storm; whom later looks expect ahead then
MOST_SECONDS_THEN, MOST_OF_THE_RATE = 6, 0.7  # to a turn after a throttled try then, unless less of EC2's rate is served
PART_OF_LOOKS_THEN = 0.7  # of the time within which a launch looks again
HARDLY_ANY = 0.02  # of EC2's rate: with less, nobody takes addresses
OLD_AFTER, OLD_BY, LEAST_SHARE_OF_LOOKS = 31, 10, 0.6  # seconds of a storm after which looks allow for so many seconds of an answer's age
LARGE_STORM = 90  # seconds, after which the age of answers is small beside the storm's
FIRST_CALLS = 2  # seconds from a look at once to the first calls
LATER = 0.4  # seconds by which a turn is rounded less down


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


def bucket_of(api):
    """The name of the bucket that a call takes its token from."""
    return SHARED.get(api, api)


def is_nearly_over(free, age):
    """Whether a storm that is not large has hardly any free addresses left."""
    return 45 <= age < LARGE_STORM and free <= NEARLY_OVER


class Throttled(Exception):
    pass


class QueueThrottled(Exception):
    """Auto Scaling does not tell who waits."""

    def __init__(self, within):
        super().__init__(within)
        self.within = within


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


class Launch:
    """What one execution remembers."""

    def __init__(self, instance, event, start):
        self.instance, self.event, self.start = instance, event, start
        self.plan, self.throttled, self.throttled_looks, self.throttled_in_a_row, self.throttled_tries, self.turn_by = None, False, 0, 0, 0, 0


Plan = collections.namedtuple("Plan", "address looked_at free tokens")


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
        self.completed = []  # when each launch went on
        # An instance is its place in the order of the random digits of IDs, which say nothing about when it came.
        order = list(range(launches))
        self.random.shuffle(order)
        for number, instance in enumerate(order):
            self.clock.start(self.launch(instance, OVER * number / launches), OVER * number / launches)

    def between(self, least, most):
        return least + (most - least) * self.random.random() ** 3  # mostly near the least

    # What everything is made of

    def enter(self):
        self.transitions += 1
        yield self.between(*TRANSITION)

    def call(self, api, items=0):
        self.calls[api] += 1
        granted = self.buckets[bucket_of(api)].take(self.clock.now)
        yield self.between(*LATENCIES[api])
        if not granted:
            self.throttled[api] += 1
            raise Throttled
        yield items * ITEM_BYTES.get(api, 0) * SECONDS_PER_MEGABYTE / 1e6

    def describe(self, api, items):
        """Yields like a call; returns when what it tells was true."""
        then = self.clock.now - STALENESS * self.random.random()
        yield from self.call(api, items)
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
        launch = Launch(instance, math.floor(event), self.clock.now)
        associations = 0
        while True:
            try:
                turn = yield from self.task("FindFreeEip", lambda: self.find(launch), {TooManyRequests: (1, 2, 16, 10)})
                launch.throttled_in_a_row = 0
            except Throttled:
                launch.throttled_looks += 1
                spread = SPREAD[min(launch.throttled_in_a_row, len(SPREAD) - 1)]
                launch.throttled_in_a_row += 1
                yield from self.wait(self.until_next_look(launch, spread))  # WaitToLook
                continue
            except QueueThrottled as queue:
                launch.throttled_looks += 1
                launch.throttled_in_a_row = 0
                yield from self.enter()  # EipFound
                yield from self.wait(self.until_next_look(launch, queue.within - BEFORE_A_LOOK))  # WaitToLook
                continue
            except TooManyRequests:
                if not (yield from self.find_again(launch)):
                    return
                continue
            yield from self.enter()  # EipFound
            if 0.95 * turn >= self.left(launch):
                return  # TooManyLaunches
            if launch.throttled_tries:
                launch.turn_by = self.clock.now + turn + min(turn, 10)
            if launch.throttled and turn > (ON_THE_WAY_IN_STORM if launch.throttled_looks else ON_THE_WAY) and self.clock.now < launch.turn_by:
                yield from self.wait(math.floor(SHARE_OF_THE_WAY * turn))  # WaitToLook
                launch.throttled_tries = 0
                continue
            if launch.throttled and not launch.throttled_tries:
                turn = min(turn, max(0, math.floor(launch.turn_by - self.clock.now)))
            if turn or launch.throttled:
                if launch.throttled_tries:
                    turn += math.floor(self.random.random() * min(40, self.more(launch)))
                launch.throttled = False
                yield from self.wait(max(1, min(turn, math.floor(self.left(launch)) - 2)))  # WaitForTurn
            tries = []
            try:
                yield from self.task("AssociateEip", lambda: self.associate(launch, tries), {TooManyRequests: (1, 1.1, 4, 30)})
                yield from self.enter()  # EipAssociated
                break
            except Throttled:
                launch.throttled, launch.throttled_tries = True, launch.throttled_tries + 1
            except TooManyRequests:
                if not (yield from self.find_again(launch, 16)):
                    return
            except Taken:
                self.conflicts += 1
                associations += 1
                yield from self.enter()  # EipAssociated
                if len(tries) > 1:
                    yield from self.wait(16)  # WaitForEffect
                elif associations % 5 == 0:
                    longest = max(3, min((self.clock.now - launch.start) / 10, self.left(launch) / 2))
                    yield from self.wait(1 + math.floor(self.random.random() * longest))  # PauseAfterConflicts
        for number in itertools.count(1):
            try:
                yield from self.task("CompleteLifecycle", self.complete, {})
                return
            except (Throttled, TooManyRequests):
                yield from self.enter()  # HeartbeatLeftToContinue
                longest = min(60, 2 ** number, (self.clock.now - launch.start) / 6, (launch.event + HEARTBEAT - self.clock.now) / 2)
                yield from self.wait(1 + math.floor(self.random.random() * longest))  # WaitToContinueAgain

    def left(self, launch):
        return launch.event + DEADLINE - self.clock.now

    def find_again(self, launch, least=1):
        """False when the deadline is too near. The effect of a try shows only after 16 seconds."""
        yield from self.enter()  # DeadlineLeft
        if self.left(launch) <= 2:
            return False
        longest = min(60, (self.clock.now - launch.start) / 2.5, self.left(launch) / 2)
        seconds = least + math.floor(self.random.random() * longest)
        yield from self.wait(max(least, min(seconds, math.floor(self.left(launch)) - 2)))  # WaitToFindAgain
        return True

    def more(self, launch):
        """The most seconds that a launch adds at random to its turn after throttled tries."""
        if not launch.throttled_looks:
            return launch.throttled_tries - 1
        return max(launch.throttled_tries, (self.clock.now - launch.start) / (11 if launch.throttled_tries > 1 else 15))

    def until_next_look(self, launch, spread):
        if launch.throttled:
            seconds = 1 + math.floor(self.random.random() * 4)
        else:
            seconds = BEFORE_A_LOOK + math.floor(self.random.random() * spread)
        return max(1, min(seconds, math.floor(self.left(launch) / 2)))

    @staticmethod
    def look_within(free, age):
        """Seconds: until the free addresses are gone, as far as their number is not old, but for no longer than the storm has lasted."""
        served = SHARE_OF_LOOKS * (free - (BURST if age < BURST_LASTS else 0)) / LOOKS_PER_SECOND
        if OLD_AFTER <= age < LARGE_STORM:
            served = max(LEAST_SHARE_OF_LOOKS * free / LOOKS_PER_SECOND, served - OLD_BY)
        if is_nearly_over(free, age):
            served *= PART_OF_LOOKS_THEN
        return math.floor(max(SOONEST_LOOK, min(served, max(LATEST_SECOND_LOOK, math.floor(age)))))

    def find(self, launch):
        """FindFreeEip: plans the address at the instance's own place, and returns the seconds until EC2 is likely to grant it."""
        looked_at = self.clock.now
        free, holders = yield from self.addresses()
        if launch.throttled:
            ahead = bisect.bisect_left(free, launch.plan.address)
            if ahead < len(free) and free[ahead] == launch.plan.address:
                return self.turn_after_throttling(launch.plan, ahead, len(free), looked_at, looked_at - launch.event)
        try:
            group = yield from self.group(launch)
        except Throttled:
            raise QueueThrottled(self.look_within(len(free), self.clock.now - launch.event)) from None
        yield from self.describe("DescribeInstances", 1 if group is None else self.told_of(launch, self.launches - len(holders)))
        if group is None:
            launch.plan = Plan(self.random.choice(free), looked_at, len(free), 0)
            return 0
        ahead = launch.instance - bisect.bisect_left(holders, launch.instance)
        still_launching = max(0, len(holders) - bisect.bisect_right(self.completed, group))
        tokens = 0 if launch.throttled_looks else max(0, BURST - still_launching)
        launch.plan = Plan(free[ahead % len(free)], looked_at, len(free), 0 if looked_at - launch.event > 8 else tokens)
        age = math.floor(looked_at - launch.event)
        if launch.throttled_looks:  # in a storm nobody is ahead who has not looked yet
            share = SHARE_OF_FIRST_TRIES if age >= 45 else 1
            most = MOST_AHEAD_THEN if is_nearly_over(len(free), age) else MOST_AHEAD
            return math.floor(max(0, min(ahead / share, most) / PER_SECOND - IN_HAND + LATER))
        ahead *= min(1, self.could_look(age + FIRST_LOOKS) / max(1, self.launches - len(holders)))
        early = min(3, max(0, looked_at - launch.event - 2))
        return math.floor(max(0, (ahead - tokens) / PER_SECOND - early + LATER))

    @staticmethod
    def could_look(age):
        return LOOKS_AT_ONCE + LOOKS_PER_SECOND * age

    def told_of(self, launch, waiting):
        """Of how many instances the launch times are asked for; the launches of one second have the order of their IDs."""
        if waiting > 450 or waiting <= 10 and not launch.throttled_looks:
            return 1
        return waiting if waiting <= 200 else self.launches

    def addresses(self):
        return self.pool.at((yield from self.describe("DescribeAddresses", self.launches)))

    def group(self, launch):
        """When what Auto Scaling tells was true; None when it does not tell, and waiting for it would take too long."""
        try:
            return (yield from self.describe("DescribeAutoScalingGroups", self.launches))
        except Throttled:
            if self.clock.now < launch.event + DEADLINE * 9 / 10:
                raise
            return None

    @staticmethod
    def turn_after_throttling(plan, ahead, free, now, age):
        since = now - plan.looked_at
        short, served = since < 20, plan.free - free
        if not short and 0 <= served < HARDLY_ANY * PER_SECOND * math.floor(since):
            return 1
        tells = since >= 6 and served > plan.tokens
        measured = (served - plan.tokens) / (math.floor(since) - (0 if short or not plan.tokens else FIRST_CALLS)) if tells else PER_SECOND
        seconds = ahead / max(PER_SECOND * (0.4 if short else 0.1), min(PER_SECOND, measured))
        longest = 6 + math.floor(since) if short else 5 + 1.5 * math.floor(since)
        if is_nearly_over(free, age) and (short or measured >= MOST_OF_THE_RATE * PER_SECOND):
            longest = MOST_SECONDS_THEN
        return math.floor(max(1, min(seconds, longest)))

    def associate(self, launch, tries):
        tries.append(launch.plan.address)
        now = self.clock.now
        self.calls["AssociateAddress"] += 1
        granted, taken = self.buckets["AssociateAddress"].take(now), False
        if granted:
            try:
                self.pool.associate(now, launch.plan.address, launch.instance)
            except Taken:
                taken = True
        yield self.between(*LATENCIES["AssociateAddress"])
        if not granted:
            self.throttled["AssociateAddress"] += 1
            raise Throttled
        if taken:
            raise Taken

    def complete(self):
        now = self.clock.now
        yield from self.call("CompleteLifecycleAction")
        self.launched += 1
        bisect.insort(self.completed, now)
        self.last = max(self.last, now)

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
