package eiponlaunch.simulator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.invariants.Need;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import eiponlaunch.simulator.world.ec2.Ec2World;
import eiponlaunch.simulator.world.ec2.Zones;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the events independently of the handlers: which address is meant for which instance. */
final class Needs {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 _.:/=+\\-@]{1,256}");
    private static final Pattern LAUNCHING = Pattern.compile("autoscaling:EC2_INSTANCE_LAUNCHING");
    private static final Pattern TERMINATING = Pattern.compile(".*TERMINATING");
    private static final Map<String, Pattern> FORMS = Map.of(
            "EC2InstanceId", Pattern.compile("i-[0-9a-f]{8}([0-9a-f]{9})?"),
            "LifecycleActionToken", Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
            "AutoScalingGroupName", Pattern.compile("[^\\p{Cntrl}:]{1,255}"),
            "LifecycleHookName", Pattern.compile("[A-Za-z0-9\\-_/]{1,255}"));
    private static final Pattern DESTINATION = Pattern.compile("AutoScalingGroup|WarmPool|EC2");
    private static final String HOME = "us-east-1";

    private final Map<String, HookEvent> events = new HashMap<>();
    private final Map<String, Boolean> wellFormed = new HashMap<>(); // by the token, as far as anybody asked
    private final Ec2World world;

    Needs(List<HookEvent> events, Ec2World world) {
        this.world = world;
        events.forEach(this::add);
    }

    void add(HookEvent event) {
        events.putIfAbsent(event.token(), event);
    }

    /** Empty when the event is malformed, or when the stack does not serve its hook. */
    Optional<Need> of(LifecycleHold hold, SamTemplate stack) {
        var event = events.get(hold.token());
        var served = stack.parameter(hold.terminating() ? "TerminateHookNames" : "HookNames");
        if (event != null && !wellFormed.computeIfAbsent(hold.token(), token -> isWellFormed(event))
                || !List.of(served.split(",")).contains(hold.hook())) {
            return Optional.empty();
        }
        var metadata = event == null ? "" : event.detail("NotificationMetadata", "");
        return Optional.of(tags(metadata, stack)
                .map(tags -> new Need(
                        tags, borderGroup(hold.instanceId()), zoneTagKey(metadata, stack), zone(hold.instanceId())))
                .orElse(Need.OF_NOTHING));
    }

    private String borderGroup(String instanceId) {
        var instance = world.instance(instanceId);
        return instance == null ? HOME : Zones.borderGroup(instance.placement().availabilityZone());
    }

    private Set<String> zone(String instanceId) {
        var instance = world.instance(instanceId);
        return instance == null
                ? Set.of()
                : Set.of(
                        instance.placement().availabilityZone(),
                        Zones.zoneId(instance.placement().availabilityZone()));
    }

    private static String zoneTagKey(String metadata, SamTemplate stack) {
        return fields(metadata).get("eipZoneTagKey") instanceof String key ? key : stack.parameter("EipZoneTagKey");
    }

    private static Map<?, ?> fields(String metadata) {
        try {
            return metadata.stripLeading().startsWith("{")
                            && JSON.readValue(metadata, Object.class) instanceof Map<?, ?> object
                    ? object
                    : Map.of();
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    static Optional<Map<String, String>> tags(String metadata, SamTemplate stack) {
        if (!metadata.stripLeading().startsWith("{") && !metadata.stripLeading().startsWith("[")) {
            return Optional.of(ofTheStack(stack));
        }
        try {
            var fields = JSON.readValue(metadata, Object.class) instanceof Map<?, ?> object ? object : Map.of();
            if (!fields.containsKey("eipPool")
                    && (fields.containsKey("eipOrderTagKey") || fields.containsKey("eipZoneTagKey"))) {
                return Optional.of(ofTheStack(stack));
            }
            var pool = fields.get("eipPool");
            var keys = List.of(stack.parameter("HookPoolTagKeys").split(","));
            var tags = new HashMap<String, String>();
            if (pool instanceof Map<?, ?> chosen && !chosen.isEmpty()) {
                for (var tag : chosen.entrySet()) {
                    if (!keys.contains(tag.getKey())
                            || !(tag.getValue() instanceof String value)
                            || !VALUE.matcher(value).matches()) {
                        return Optional.empty();
                    }
                    tags.put(tag.getKey().toString(), value);
                }
                return Optional.of(tags);
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The tags of the stack's own pool, as the template's parameters say them. */
    static Map<String, String> ofTheStack(SamTemplate stack) {
        var tags = new HashMap<>(Map.of(stack.parameter("EipTagKey"), stack.parameter("EipTagValue")));
        for (var tag : stack.parameter("EipFurtherTags").split(",")) {
            if (!tag.isBlank()) {
                tags.put(
                        tag.substring(0, tag.indexOf('=')).strip(),
                        tag.substring(tag.indexOf('=') + 1).strip());
            }
        }
        return tags;
    }

    private static boolean isWellFormed(HookEvent event) {
        var wrong = new ArrayList<String>();
        var launch = event.text("detail-type").equals("EC2 Instance-launch Lifecycle Action");
        if (!launch && !event.isTermination()) {
            wrong.add("detail-type");
        }
        if (!isTime(event.text("time"))) {
            wrong.add("time");
        }
        expect(event, "LifecycleTransition", launch ? LAUNCHING : TERMINATING, wrong);
        FORMS.forEach((field, form) -> expect(event, field, form, wrong));
        if (event.hasDetail("Destination")) {
            expect(event, "Destination", DESTINATION, wrong);
        }
        return wrong.isEmpty();
    }

    /** In UTC, as all events of AWS. */
    private static boolean isTime(String text) {
        try {
            return text.endsWith("Z") && Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void expect(HookEvent event, String field, Pattern form, List<String> wrong) {
        if (!form.matcher(event.detail(field, "")).matches()) {
            wrong.add(field);
        }
    }
}
