/** The shipped handlers over the wire: formats, error names, and the runtime that starts them. */
package eiponlaunch.emulators.wire;
