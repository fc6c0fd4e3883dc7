package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.TaskInputs;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Decisions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** FindFreeEip with an EC2 and an Auto Scaling that answer as told. */
abstract class FindFreeEipFixture {
    static final EipPools POOLS =
            new EipPools("Application=ForwardProxy,Environment=prod, Team=net", "Application,Service");

    final FakeEc2 ec2 = new FakeEc2();
    final FakeAutoScaling autoScaling = new FakeAutoScaling();

    @BeforeEach
    void theGroupShowsTheInstance() {
        autoScaling.waits(Events.INSTANCE);
    }

    /** Those of a look. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {}

            @Override
            public void warn(LifecycleAction action, String message) {
                warnings.add(action.autoScalingGroupName() + ": " + message);
            }
        };
        new FindFreeEipHandler(ec2, autoScaling, clock(Events.TIME), decisions)
                .handleRequest(input(Events.launch()), null);
        return warnings;
    }

    static Plan plan(int address, int ahead) {
        return new Plan(new ElasticIp("eipalloc-" + address, "203.0.113." + address), Events.TIME, 31, 0, ahead);
    }

    static Instance with(String publicIp, String owner) {
        return instance(Events.INSTANCE, Events.TIME).toBuilder()
                .networkInterfaces(InstanceNetworkInterface.builder()
                        .attachment(attachment -> attachment.deviceIndex(0).networkCardIndex(0))
                        .association(
                                association -> association.publicIp(publicIp).ipOwnerId(owner))
                        .build())
                .build();
    }

    /** By a filter, as EC2 may give calls without one fewer tokens. */
    static void isForTheInstanceAlone(DescribeInstancesRequest request) {
        assertThat(request.hasInstanceIds()).isFalse();
        assertThat(request.filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("instance-id", List.of(Events.INSTANCE)));
    }

    /** By a definition that names only what all have named. */
    FindFreeEipOutput find(Instant now) {
        return handler(now).handleRequest(input(Events.launch()), null);
    }

    /** By a definition that knows of plans and of other stacks' addresses. */
    FindFreeEipOutput look(Instant now) {
        return look(now, Map.of());
    }

    /** @param more what else its execution tells the look */
    FindFreeEipOutput look(Instant now, Map<String, ?> more) {
        var fields = new HashMap<String, Object>(Map.of("pace", Pace.DOCUMENTED, "replaceOtherEips", false));
        fields.putAll(more);
        return handler(now).handleRequest(TaskInputs.findFreeEip(Events.launch(), POOLS, fields), null);
    }

    static FindFreeEipInput input(Object event) {
        return TaskInputs.findFreeEip(event, POOLS, Map.of());
    }

    FindFreeEipHandler handler(Instant now) {
        return new FindFreeEipHandler(ec2, autoScaling, clock(now));
    }

    static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    void inZone(String zone) {
        autoScaling.group = null;
        autoScaling.shows(Events.INSTANCE, LifecycleState.PENDING_WAIT, zone);
    }

    static Instance instance(String id, Instant launchTime) {
        return Instance.builder().instanceId(id).launchTime(launchTime).build();
    }

    static Address.Builder address(String name) {
        return Address.builder().allocationId("eipalloc-" + name).publicIp("203.0.113." + (name.charAt(0) - 'a' + 1));
    }
}
