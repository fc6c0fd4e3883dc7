package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Pool;
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
    static List<Question> all(
            Account account, Settings settings, Group group, List<Pool> pools, List<Address> addresses) {
        var questions = new ArrayList<Question>();
        questions.add(new Question("FindFreeEip", "ec2:DescribeAddresses", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeInstances", ANY, Map.of()));
        questions.add(new Question("AssociateEip", "ec2:DescribeInstances", ANY, Map.of()));
        for (var pool : pools) {
            questions.add(associate(account, "elastic-ip/", example(pool, addresses), tagsOf(pool, addresses)));
        }
        questions.add(associate(account, "instance/", "i-00000000000000000", tagsOfAnInstance(settings, group)));
        questions.add(associate(account, "network-interface/", "eni-00000000000000000", Map.of()));
        questions.add(new Question("CompleteLifecycle", "autoscaling:CompleteLifecycleAction", group.arn(), Map.of()));
        return questions;
    }

    private static Question associate(Account account, String type, String id, Map<String, String> tags) {
        return new Question("AssociateEip", "ec2:AssociateAddress", account.arn("ec2", type + id), tags);
    }

    /** An address of the pool as it really is; one that is made up when there is none. */
    private static String example(Pool pool, List<Address> addresses) {
        return pool.usable(addresses).stream()
                .findFirst()
                .map(Address::allocationId)
                .orElse("eipalloc-00000000000000000");
    }

    private static Map<String, String> tagsOf(Pool pool, List<Address> addresses) {
        return pool.usable(addresses).stream().findFirst().map(Address::tags).orElse(pool.tags());
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
