package eiponlaunch.preflight.check;

import static java.util.Objects.requireNonNull;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Status;

/**
 * What one check found.
 *
 * @param check the check's name
 * @param status whether launches will work as far as this check sees
 * @param seen what was seen
 * @param fix what to do about it
 */
public record Finding(String check, Status status, String seen, Fix fix) {
    public Finding {
        requireNonNull(check, "check is null");
        requireNonNull(status, "status is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(fix, "fix is null");
    }
}
