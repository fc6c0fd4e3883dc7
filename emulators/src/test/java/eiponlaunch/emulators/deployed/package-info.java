/** The stack, deployed by SAM CLI on ministack, and its state machines run there. */
package eiponlaunch.emulators.deployed;
