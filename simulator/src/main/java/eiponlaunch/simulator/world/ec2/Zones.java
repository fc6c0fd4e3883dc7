package eiponlaunch.simulator.world.ec2;

import java.util.Map;

/** The zones of the Region, and the network border group and the ID of each. */
public final class Zones {
    static final String REGION = "us-east-1";

    /** Where an instance is unless a test says otherwise. */
    static final String FIRST = REGION + "a";

    /** The network border group of each zone: an Availability Zone, a Local Zone and a Wavelength Zone. */
    private static final Map<String, String> BORDER_GROUPS = Map.of(
            REGION + "a",
            REGION,
            REGION + "b",
            REGION,
            REGION + "c",
            REGION,
            "us-east-1-bos-1a",
            "us-east-1-bos-1",
            "us-east-1-wl1-bos-wlz-1",
            "us-east-1-wl1-bos-wlz-1");

    /** The ID of each zone; which Availability Zone an account calls a differs from account to account. */
    private static final Map<String, String> ZONE_IDS = Map.of(
            REGION + "a",
            "use1-az2",
            REGION + "b",
            "use1-az4",
            REGION + "c",
            "use1-az1",
            "us-east-1-bos-1a",
            "use1-bos1-az1",
            "us-east-1-wl1-bos-wlz-1",
            "use1-wl1-bos-wlz1");

    private Zones() {}

    /** The zone's network border group, or null when there is no such zone. */
    public static String borderGroup(String zone) {
        return BORDER_GROUPS.get(zone);
    }

    /** The zone's ID, or null when there is no such zone. */
    public static String zoneId(String zone) {
        return ZONE_IDS.get(zone);
    }
}
