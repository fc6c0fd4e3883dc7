package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ten thousand events that nobody sends in good faith, made by a seeded generator. */
class AdversarialEventTest {
    private static final int EVENTS = 10_000;
    private static final int PER_RUN = 250;
    private static final List<Object> VALUES = List.of(
            "",
            " ",
            "i-0123456789abcdef0",
            "i-XYZ",
            "x".repeat(3000),
            "{% $states.input %}",
            "${EipTagKey}",
            "'; drop table",
            "\u0000\n\t\"\\",
            "…⛔",
            0,
            -1,
            1e300,
            true,
            List.of(),
            List.of(1, List.of("a")),
            Map.of(),
            Map.of("detail", "x"),
            "2026-02-30T12:00:00Z",
            "2999-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "87654321-4321-4321-4321-210987654321");

    private final Random random = new Random(1);

    @Test
    void everyOneEndsInATypedErrorAndAssociatesNothing() throws IOException {
        for (var first = 0; first < EVENTS; first += PER_RUN) {
            var workflow = new Workflow().pool(3);
            for (var number = first; number < first + PER_RUN; number++) {
                workflow.anyEvent(adversarialEvent());
            }
            var run = workflow.run();

            // The calls come before executions are looked at one by one, to fail on the first association.
            assertThat(run.calls("AssociateAddress")).isZero();
            assertThat(run.executions("StartOnce")).hasSize(PER_RUN).noneMatch(execution -> execution.isRunning());
            assertThat(run.executions("EipOnLaunch"))
                    .allSatisfy(execution -> assertThat(execution.error().orElseThrow())
                            .isIn(
                                    "eiponlaunch.failure.MalformedEventException",
                                    "eiponlaunch.failure.DeadlinePassedException"));
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** A real event with at least one field that makes it unusable, or no event at all. */
    private Object adversarialEvent() throws IOException {
        if (random.nextInt(20) == 0) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        var event = map(ProjectFiles.json(ProjectFiles.find().event("launch.json")));
        var detail = map(event.get("detail"));
        event.put("detail", detail);
        detail.put("LifecycleActionToken", new UUID(random.nextLong(), random.nextLong()).toString());
        detail.put("EC2InstanceId", String.format("i-%017x", random.nextLong() >>> 1));
        var needed = List.of(
                "AutoScalingGroupName",
                "LifecycleHookName",
                "LifecycleActionToken",
                "EC2InstanceId",
                "LifecycleTransition");
        spoil(detail, needed.get(random.nextInt(needed.size())));
        for (var more = random.nextInt(3); more > 0; more--) {
            var fields = new ArrayList<>((random.nextBoolean() ? event : detail).keySet());
            spoil(random.nextBoolean() ? event : detail, fields.get(random.nextInt(fields.size())));
        }
        return event;
    }

    private void spoil(Map<String, Object> object, String field) {
        if (random.nextInt(3) == 0) {
            object.remove(field);
        } else {
            object.put(field, List.of("no: name", 7, Map.of("is", "not")).get(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            object.put("detail".equals(field) ? "detail" : "more", VALUES.get(random.nextInt(VALUES.size())));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return new LinkedHashMap<>((Map<String, Object>) json);
    }
}
