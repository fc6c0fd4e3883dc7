package eiponlaunch.preflight.check;

import static java.util.Objects.requireNonNull;

/**
 * What one check found.
 *
 * @param check the check's name
 * @param status whether launches will work as far as this check sees
 * @param seen what was seen
 * @param fix what to do about it; empty when there is nothing to do
 */
public record Finding(String check, Status status, String seen, String fix) {
    /** How bad it is. */
    public enum Status {
        ok,
        /** Launches work, but not always or not as meant; or the check was not allowed to look. */
        warning,
        /** Launches fail, or addresses are never given back early. */
        failed
    }

    public Finding {
        requireNonNull(check, "check is null");
        requireNonNull(status, "status is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(fix, "fix is null");
    }
}
