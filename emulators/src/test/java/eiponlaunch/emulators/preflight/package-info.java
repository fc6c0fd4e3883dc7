/** ./preflight on an account that is as it should be, and on accounts in which one thing is wrong. */
package eiponlaunch.emulators.preflight;
