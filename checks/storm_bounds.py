#!/usr/bin/env python3
"""What no workflow of this kind can pass in a launch storm, by the conditions of checks/storm_model.py: docs/storms prints it
beside a limit that is missed.

usage: checks/storm_bounds.py PROFILE LAUNCHES [SEEDS]    prints seconds, and state transitions per launch; 5 seeds unless told otherwise

Time: here nobody is refused. Each call and each invocation waits for exactly as long as it must, and the first to come goes first. No
launch looks twice, none tries twice. Before AssociateAddress a launch waits for whole seconds, as a Wait does. Who really launches knows less.

Transitions: a launch whose look is throttled cannot tell a small storm from a large one. Where the limits of smaller storms let it
wait no longer, it looks again, and of a large storm most do so in vain.
"""
import argparse
import heapq
import math
import random

from storm_model import COLD_START, DELIVERY, ITEM_BYTES, LATENCIES, OVER, RATES, SECONDS_PER_MEGABYTE, TRANSITION, WARM_START, Bucket, Storm, bucket_of

ASSOCIATIONS = {"raised": (200, 20), "busy": (50, 2.5)}  # else as documented
CONCURRENCY = {"new-account": 10}
STALENESS = {"stale": 15}
SHOWN_BEFORE = 8  # seconds that an instance exists before its event
QUIET, WAIT_FOR_TURN, THROTTLED_LOOK = 6, 1, 2  # transitions: of a quiet launch, of one that waits, and FindFreeEip with WaitToLook
FIRST_LOOKS_WITHIN = 3  # seconds
WAIT_SECONDS = 30
# Seconds: an event's way and the start of a function; a transition and a warm function; AssociateAddress, and the way to CONTINUE
FIRST_LOOK_AFTER, NEXT_LOOK_TAKES, TO_GO_ON = (0.5, 3.5), (0.1, 0.5), (0.7, 2.5)
SMALLER = ((300, 1.10), (1000, 1.08))  # launches, and what their row of docs/storms allows


class Tokens(Bucket):
    """A bucket whose tokens are handed out in advance, to the first that asks."""

    def next(self, now):
        """The moment from `now` on at which there is a token."""
        when = max(now, self.filled)
        in_it = min(self.size, self.tokens + (when - self.filled) * self.per_second)
        if in_it < 1:
            when += (1 - in_it) / self.per_second + 1e-9
        if not self.take(when):
            raise AssertionError(when)
        return when


class Ideal(Storm):
    """A storm in which nobody is refused."""

    def __init__(self, launches, seed, profile):
        super().__init__(launches, seed)
        rates = dict(RATES, AssociateAddress=ASSOCIATIONS.get(profile, RATES["AssociateAddress"]))
        self.tokens = {api: Tokens(*rate) for api, rate in rates.items()}
        self.environments = [0.0] * CONCURRENCY.get(profile, launches)
        self.all_are_shown = OVER - SHOWN_BEFORE + STALENESS[profile] if profile in STALENESS else 0.0

    def launch(self, instance, event):
        yield self.between(*DELIVERY) + 2 * self.between(*TRANSITION)
        reads = ["DescribeAutoScalingGroups", "DescribeAddresses", "DescribeInstances"]
        yield from self.until(max(self.clock.now, self.all_are_shown))
        yield from self.invoked("FindFreeEip", *reads)
        yield 2 * self.between(*TRANSITION)
        yield from self.invoked("AssociateEip", "AssociateAddress")
        yield 2 * self.between(*TRANSITION)
        yield from self.invoked("CompleteLifecycle", "CompleteLifecycleAction", last=True)

    def until(self, when):
        yield max(0.0, when - self.clock.now)

    def invoked(self, function, *apis, last=False):
        """Waits for the tokens, then for an environment, so that none waits in it."""
        wait = max(self.tokens[bucket_of(api)].next(self.clock.now) for api in apis) - self.clock.now
        yield math.ceil(wait) if "AssociateAddress" in apis else wait  # https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
        warm = self.idle[function] > 0
        self.idle[function] -= warm
        start = self.between(*(WARM_START if warm else COLD_START))
        took = start + sum(self.answered(api) for api in apis)
        begins = max(self.clock.now, heapq.heappop(self.environments))
        heapq.heappush(self.environments, begins + took)
        yield from self.until(begins)
        if last:  # the launch goes on when Auto Scaling gets the call
            self.last = max(self.last, begins + start)
        yield took
        self.idle[function] += 1

    def answered(self, api):
        items = 0 if "Describe" not in api else 1 if api == "DescribeInstances" else self.launches
        return self.between(*LATENCIES[api]) + items * ITEM_BYTES.get(api, 0) * SECONDS_PER_MEGABYTE / 1e6


def seconds(profile, launches, seed):
    storm = Ideal(launches, seed, profile)
    storm.clock.run()
    return storm.last


def transitions(launches):
    burst, per_second = RATES["AssociateAddress"]

    def in_vain(time):
        looks, looks_per_second = RATES["AutoScaling"]
        return max(0, 1 - (looks + looks_per_second * time) / launches)

    again = [allowed * (smaller - burst) / per_second for smaller, allowed in SMALLER if smaller < launches]
    return (QUIET + WAIT_FOR_TURN * max(0, 1 - burst / launches)
            + THROTTLED_LOOK * sum(in_vain(time) for time in [FIRST_LOOKS_WITHIN, *again]))


def waits_in_a_refresh(instances, batch, spare, termination, seed):
    """How long each launch of an instance refresh waits from its event on in a queue where the first to come gets the first address
    that becomes free, and learns of it at its next look. A batch begins when the one before has gone on."""
    chance = random.Random(seed)
    free = [0.0] * spare  # when each address can be taken, soonest first
    waits, begins = [], 0.0
    for _ in range(instances // batch):
        event, ends = begins + SHOWN_BEFORE, begins
        for _ in range(batch):
            look = event + chance.uniform(*FIRST_LOOK_AFTER)
            address = free.pop(0)
            while look < address:
                look += math.ceil(WAIT_SECONDS * chance.uniform(0.75, 1.25)) + chance.uniform(*NEXT_LOOK_TAKES)
            goes_on = look + chance.uniform(*TO_GO_ON)
            waits.append(goes_on - event)
            ends = max(ends, goes_on)
        free += [begins + termination] * batch
        begins = ends
    return sorted(waits)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profile")
    parser.add_argument("launches", type=int)
    parser.add_argument("seeds", type=int, nargs="?", default=5)
    options = parser.parse_args()
    least = max(seconds(options.profile, options.launches, seed) for seed in range(1, options.seeds + 1))
    print(f"{least:.1f} seconds, {transitions(options.launches):.1f} transitions per launch")


if __name__ == "__main__":
    main()
