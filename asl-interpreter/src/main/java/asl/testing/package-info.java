/**
 * For tests of a state machine: a test says what its tasks do, runs it, and asks what happened. Start with
 * StateMachineTester.
 */
package asl.testing;
