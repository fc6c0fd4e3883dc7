package eiponlaunch.simulator.cli;

import java.io.IOException;

/** A result could not be written to its file. The message names the file, in one line. */
final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1;

    NotWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}
