package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** All that the functions must be allowed for launches of the group, and for its terminations with early release. */
    static List<Question> all(Account account, Settings settings, Group group, List<PoolAddresses> pools) {
        var questions = new ArrayList<Question>();
        questions.add(new Question("FindFreeEip", "ec2:DescribeAddresses", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeInstances", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeAvailabilityZones", ANY, Map.of()));
        questions.add(new Question("AssociateEip", "ec2:DescribeInstances", ANY, Map.of()));
        var anInterface = account.arn("ec2", "network-interface/eni-00000000000000000");
        questions.addAll(ofThePools("AssociateEip", "ec2:AssociateAddress", account, pools));
        questions.add(new Question(
                "AssociateEip",
                "ec2:AssociateAddress",
                account.arn("ec2", "instance/i-00000000000000000"),
                tagsOfAnInstance(settings, group)));
        questions.add(new Question("AssociateEip", "ec2:AssociateAddress", anInterface, Map.of()));
        questions.add(new Question("CompleteLifecycle", "autoscaling:CompleteLifecycleAction", group.arn(), Map.of()));
        if (!settings.terminateHookNames().isEmpty()) {
            questions.add(new Question("DisassociateEip", "ec2:DescribeAddresses", ANY, Map.of()));
            questions.add(new Question("DisassociateEip", "ec2:DescribeInstances", ANY, Map.of()));
            questions.addAll(ofThePools("DisassociateEip", "ec2:DisassociateAddress", account, pools));
            questions.add(new Question("DisassociateEip", "ec2:DisassociateAddress", anInterface, Map.of()));
            questions.add(new Question(
                    "DisassociateEip", "autoscaling:RecordLifecycleActionHeartbeat", group.arn(), Map.of()));
        }
        return questions;
    }

    /** And for the schedule of Reconcile. */
    static List<Question> withSchedule(List<Question> questions, String reconcile) {
        return Stream.concat(
                        questions.stream(),
                        Stream.of(
                                new Question("ReconcileSchedule", "states:StartExecution", reconcile, Map.of()),
                                new Question(
                                        "FindInstancesWithoutEip",
                                        "autoscaling:DescribeAutoScalingGroups",
                                        ANY,
                                        Map.of()),
                                new Question("FindInstancesWithoutEip", "ec2:DescribeAddresses", ANY, Map.of())))
                .toList();
    }

    /** On an address of each pool, as it really is; made up when the pool has none. */
    private static List<Question> ofThePools(
            String function, String action, Account account, List<PoolAddresses> pools) {
        return pools.stream()
                .map(pool -> new Question(
                        function,
                        action,
                        account.arn(
                                "ec2",
                                "elastic-ip/"
                                        + pool.example()
                                                .map(Address::allocationId)
                                                .orElse("eipalloc-00000000000000000")),
                        pool.example().map(Address::tags).orElse(pool.pool().tags())))
                .toList();
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
