/** Says which address of the pool a launching instance should try, and when. The queue and the choice are classes without clients. */
package eiponlaunch.findfreeeip;
