package eiponlaunch.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Availability Zone, Local Zone or Wavelength Zone. An address can only be used in zones of its own network border
 * group.
 *
 * @param name for example {@code us-west-2a} or {@code us-west-2-lax-1a}; accounts may have other names for the same zone
 * @param id for example {@code usw2-az1} or {@code usw2-lax1-az1}, the same in all accounts; null when it is not known
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html">AvailabilityZone</a>
 */
public record Zone(String name, String id) {
    private static final Pattern AVAILABILITY_ZONE = Pattern.compile("([a-z]+(-[a-z]+)+-\\d+)[a-z]");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*-(az|wlz)\\d+");

    /** Whose ID is not known. */
    public Zone(String name) {
        this(name, null);
    }

    /** Whether a text has the form of a zone's ID, so that only IDs tell which zone it is. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The Region, which is also the network border group, of an Availability Zone; nothing for zones of another kind. */
    public Optional<String> region() {
        var zone = AVAILABILITY_ZONE.matcher(name);
        return zone.matches() ? Optional.of(zone.group(1)) : Optional.empty();
    }

    /** Whether they have the same network border group, as far as their names tell. */
    public boolean isLike(Zone other) {
        return region().isPresent() ? region().equals(other.region()) : name.equals(other.name());
    }

    /** Whether the text is this zone's name or ID. */
    public boolean isNamed(String text) {
        return text.equals(name) || text.equals(id);
    }
}
