/** The clients of AWS, what they fail with, and things of EC2 in the words of its API. */
package eiponlaunch.aws;
