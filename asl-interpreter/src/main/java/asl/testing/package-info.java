/**
 * The front for tests of a state machine: what its tasks do is scripted, and what happened is asked afterwards. Start with StateMachineTester.
 */
package asl.testing;
