/**
 * The front for tests of a state machine: a test scripts what its tasks do and asks afterwards what happened. Start
 * with StateMachineTester.
 */
package asl.testing;
