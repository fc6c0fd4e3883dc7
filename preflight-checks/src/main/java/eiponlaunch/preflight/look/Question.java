package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a function may make a call.
 *
 * @param function the function, by its name in the template
 * @param action the call
 * @param resource on what, as an ARN, or {@code *} where the call takes no resources
 * @param tags the tags of that resource, on which the permission may depend
 */
record Question(String function, String action, String resource, Map<String, String> tags) {
    private static final String ANY = "*";

    Question {
        tags = Map.copyOf(tags);
    }

    /** All that the functions must be allowed for launches of the group. */
    static List<Question> all(Account account, Settings settings, Group group, List<PoolAddresses> pools) {
        var questions = new ArrayList<Question>();
        questions.add(new Question("FindFreeEip", "ec2:DescribeAddresses", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeInstances", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeAvailabilityZones", ANY, Map.of()));
        questions.add(new Question("AssociateEip", "ec2:DescribeInstances", ANY, Map.of()));
        for (var pool : pools) {
            var address = pool.example(); // as it really is; made up when the pool has none
            questions.add(associate(
                    account,
                    "elastic-ip/",
                    address.map(Address::allocationId).orElse("eipalloc-00000000000000000"),
                    address.map(Address::tags).orElse(pool.pool().tags())));
        }
        questions.add(associate(account, "instance/", "i-00000000000000000", tagsOfAnInstance(settings, group)));
        questions.add(associate(account, "network-interface/", "eni-00000000000000000", Map.of()));
        questions.add(new Question("CompleteLifecycle", "autoscaling:CompleteLifecycleAction", group.arn(), Map.of()));
        return questions;
    }

    private static Question associate(Account account, String type, String id, Map<String, String> tags) {
        return new Question("AssociateEip", "ec2:AssociateAddress", account.arn("ec2", type + id), tags);
    }

    /** InstancesTagged judges whether instances get the tag; here it is taken that they do. */
    private static Map<String, String> tagsOfAnInstance(Settings settings, Group group) {
        var tags = new LinkedHashMap<>(group.tags());
        tags.put("aws:autoscaling:groupName", group.name());
        if (!settings.instanceTagKey().isEmpty()) {
            tags.put(settings.instanceTagKey(), settings.instanceTagValue());
        }
        return tags;
    }
}
