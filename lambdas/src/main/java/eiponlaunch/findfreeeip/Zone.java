package eiponlaunch.findfreeeip;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Availability Zone, Local Zone or Wavelength Zone. An address can only be used in zones of its own network border
 * group.
 *
 * @param name for example {@code us-west-2a} or {@code us-west-2-lax-1a}
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html">AvailabilityZone</a>
 */
record Zone(String name) {
    private static final Pattern AVAILABILITY_ZONE = Pattern.compile("([a-z]+(-[a-z]+)+-\\d+)[a-z]");

    /** The Region, which is also the network border group, of an Availability Zone; nothing for zones of another kind. */
    Optional<String> region() {
        var zone = AVAILABILITY_ZONE.matcher(name);
        return zone.matches() ? Optional.of(zone.group(1)) : Optional.empty();
    }

    /** Whether they have the same network border group, as far as their names tell. */
    boolean isLike(Zone other) {
        return region().isPresent() ? region().equals(other.region()) : name.equals(other.name());
    }
}
