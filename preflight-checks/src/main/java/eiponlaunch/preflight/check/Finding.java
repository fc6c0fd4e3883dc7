package eiponlaunch.preflight.check;

import static java.util.Objects.requireNonNull;

/**
 * What one check found.
 *
 * @param check the check's name
 * @param status whether launches will work as far as this check sees
 * @param seen what was seen
 * @param fix what to do about it
 */
public record Finding(String check, Status status, String seen, Fix fix) {
    /** How bad it is. */
    public enum Status {
        ok("ok"),
        /** Launches work, but not always or not as meant. */
        warning("warning"),
        /** Launches fail, or addresses are never given back early. */
        failed("failed"),
        /** Nobody knows: it could not be looked at, or what it depends on is missing. */
        notChecked("not checked");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** For a reader. */
        public String words() {
            return words;
        }
    }

    public Finding {
        requireNonNull(check, "check is null");
        requireNonNull(status, "status is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(fix, "fix is null");
    }
}
