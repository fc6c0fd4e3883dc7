/** Associates an address with the launching instance, and says what to do when EC2 refuses. */
package eiponlaunch.associateeip;
