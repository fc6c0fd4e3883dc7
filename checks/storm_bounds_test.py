"""Tests of what no workflow can pass: python3 -m unittest discover -s checks -p '*_test.py'"""
import unittest

import storm_bounds
from storm_bounds import Tokens
from storm_model import Storm


class TokensTest(unittest.TestCase):
    def test_are_given_at_once_while_there_are_any_and_then_as_they_come_back(self):
        tokens = Tokens(2, 5)
        given = [tokens.next(1.0) for _ in range(5)]
        self.assertEqual(given[:2], [1.0, 1.0])
        for token, expected in zip(given[2:], (1.2, 1.4, 1.6)):
            self.assertAlmostEqual(token, expected, 6)

    def test_who_asks_later_gets_no_earlier_one(self):
        tokens = Tokens(1, 5)
        self.assertEqual(tokens.next(3.0), 3.0)
        self.assertAlmostEqual(tokens.next(3.0), 3.2, 6)
        self.assertEqual(tokens.next(9.0), 9.0)


class SecondsTest(unittest.TestCase):
    def test_no_storm_of_the_model_is_faster(self):
        for launches in (100, 300):
            for seed in range(1, 6):
                self.assertLess(storm_bounds.seconds("documented", launches, seed), Storm(launches, seed).result()["secondsToLastContinue"])

    def test_every_rate_and_the_concurrency_bound_it(self):
        self.assertGreater(storm_bounds.seconds("documented", 300, 1), (300 - 50) / 5)
        self.assertGreater(storm_bounds.seconds("busy", 300, 1), (300 - 50) / 2.5)
        self.assertGreater(storm_bounds.seconds("raised", 1000, 1), (2 * 1000 - 100) / 10)  # Auto Scaling's looks and completed actions
        self.assertGreater(storm_bounds.seconds("stale", 100, 1), 8 + (100 - 50) / 5)  # all are shown after 8 seconds
        self.assertGreater(storm_bounds.seconds("new-account", 100, 1), 1.2 * storm_bounds.seconds("documented", 100, 1))

    def test_it_is_reached_but_for_calls_and_starts(self):
        self.assertLess(storm_bounds.seconds("documented", 300, 1), (300 - 50) / 5 + 3)
        self.assertLess(storm_bounds.seconds("raised", 1000, 1), (2 * 1000 - 100) / 10 + 4)


class TransitionsTest(unittest.TestCase):
    def test_a_launch_that_nobody_delays_takes_six(self):
        self.assertEqual(storm_bounds.transitions(50), 6)

    def test_who_waits_takes_one_more_and_each_look_in_vain_two(self):
        self.assertAlmostEqual(storm_bounds.transitions(100), 6.5)
        self.assertAlmostEqual(storm_bounds.transitions(300), 6 + 250 / 300 + 2 * (300 - 130) / 300)
        # 130 look at once, 650 until 300 launches would have to be done, 2152 until 1,000 would
        self.assertAlmostEqual(
            storm_bounds.transitions(2900), 6 + 2850 / 2900 + 2 * (2770 + 2250 + 748) / 2900)


class RefreshTest(unittest.TestCase):
    def test_with_an_address_for_everybody_none_waits(self):
        self.assertLess(max(storm_bounds.waits_in_a_refresh(100, 10, 100, 60, 1)), 7)

    def test_else_the_addresses_of_the_batch_before_are_waited_for(self):
        waits = storm_bounds.waits_in_a_refresh(20, 10, 10, 60, 1)
        self.assertLess(waits[9], 7)
        self.assertGreater(waits[10], 60 - storm_bounds.SHOWN_BEFORE - 14)
        self.assertLess(waits[-1], 60 + 38)

    def test_a_batch_waits_for_the_one_before_it(self):
        self.assertEqual(len(storm_bounds.waits_in_a_refresh(100, 10, 10, 60, 1)), 100)


if __name__ == "__main__":
    unittest.main()
