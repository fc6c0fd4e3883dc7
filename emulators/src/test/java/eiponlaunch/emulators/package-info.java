/**
 * Tests on what we did not write ourselves: moto, ministack, LocalStack and the Lambda runtime. What several kinds
 * of them need is here.
 */
package eiponlaunch.emulators;
