package eiponlaunch.simulator.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.run.Deployment;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;

/** A way to break the workflow. Each must be noticed, or the invariants prove nothing. */
enum Mutation implements Deployment {
    /** Every delivery of an event gets an execution of its own. */
    STARTED_FOR_EVERY_DELIVERY {
        @Override
        public String startedByTheRule() {
            return "EipOnLaunch";
        }
    },

    /** As above, and FindFreeEip does not see that the instance has an address already. */
    NO_IDEMPOTENCE_CHECK {
        @Override
        public String startedByTheRule() {
            return "EipOnLaunch";
        }

        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new Wrapped(client) {
                @Override
                public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
                    var addresses = super.describeAddresses(request).addresses().stream()
                            .filter(address -> address.instanceId() == null)
                            .toList();
                    return DescribeAddressesResponse.builder()
                            .addresses(addresses)
                            .build();
                }
            };
        }
    },

    /** AssociateAddress takes addresses from other instances. */
    REASSOCIATION_ALLOWED {
        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new Wrapped(client) {
                @Override
                public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
                    return super.associateAddress(
                            request.toBuilder().allowReassociation(true).build());
                }
            };
        }
    },

    /** A failure of AssociateEip ends the execution without ABANDON. */
    CATCH_DROPPED {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "EipOnLaunch",
                    stateMachine,
                    shipped,
                    states -> states.at("/AssociateEip/Catch")
                            .forEach(catcher -> ((ObjectNode) catcher)
                                    .putArray("ErrorEquals")
                                    .add("AnErrorThatNobodyHas")));
        }
    },

    /** AssociateEip does not look at the clock. */
    DEADLINE_IGNORED {
        @Override
        public Clock clock(String function, Clock clock) {
            return function.equals("AssociateEip") ? Clock.fixed(Instant.EPOCH, ZoneOffset.UTC) : clock;
        }
    },

    /** AssociateEip does not refuse an attempt that Step Functions may have given up. The instance has another address by then. */
    LATE_ATTEMPT_ASSOCIATES {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "EipOnLaunch",
                    stateMachine,
                    shipped,
                    states -> ((ObjectNode) states.at("/AssociateEip/Arguments/Payload")).remove("startBy"));
        }

        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new FirstAttemptTaken().ec2(function, client);
        }
    },

    /** The launch goes on before the address is there. */
    CONTINUE_BEFORE_ASSOCIATE {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(
                    stateMachine,
                    shipped,
                    definition -> definition
                            .replace("['AlreadyHeld', 'WarmPool']", "['AlreadyHeld', 'WarmPool', 'Found']")
                            .replace("secondsUntilTurn = 0", "secondsUntilTurn < 0"));
        }
    },

    /** A launch whose address was taken waits as if it may have one. */
    CONFLICT_WAITS_FOR_EFFECT {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(stateMachine, shipped, definition -> definition.replace("$retries > 0", "$retries >= 0"));
        }
    },

    /** A launch that failed goes on. */
    CONTINUE_FOR_ABANDON {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(stateMachine, shipped, definition -> definition.replace("\"ABANDON\"", "\"CONTINUE\""));
        }
    },

    /** Early release takes an address from another instance, too. */
    DISASSOCIATED_BY_PUBLIC_IP {
        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new ByPublicIp().ec2(function, client);
        }
    },

    /** Early release leaves the instance in its hook, unless it failed. */
    TERMINATION_HELD {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit("EipOnTerminate", stateMachine, shipped, definition -> {
                var next = "\"Next\": \"CompleteLifecycleContinue\"";
                var last = definition.indexOf(next + "\n    },\n    \"HeartbeatLeftToRelease\"");
                return definition.substring(0, last)
                        + "\"Next\": \"TerminationContinued\""
                        + definition.substring(last + next.length());
            });
        }
    },

    /** A termination ends with ABANDON, which skips the group's other hooks. */
    TERMINATION_ABANDONED {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(
                    "EipOnTerminate",
                    stateMachine,
                    shipped,
                    definition -> definition.replace(
                            "\"result\": \"CONTINUE\",\n          \"pool\"", "\"result\": \"ABANDON\", \"pool\""));
        }
    },

    /** The instance has its address and waits in its hook to the end. */
    ENDS_WITHOUT_CONTINUE {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change("EipOnLaunch", stateMachine, shipped, states -> {
                ((ObjectNode) states.at("/EipAssociated/Choices/0")).put("Next", "Done");
                states.putObject("Done").put("Type", "Succeed");
            });
        }
    },

    /** A launch that failed waits in its hook to the end. */
    ABANDON_NEVER_TRIED {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "EipOnLaunch",
                    stateMachine,
                    shipped,
                    states -> states.putObject("CompleteLifecycleAbandon").put("Type", "Succeed"));
        }
    },

    /** No launch finds an address. */
    EVERY_POOL_EMPTY {
        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new Wrapped(client) {
                @Override
                public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
                    super.describeAddresses(request);
                    return DescribeAddressesResponse.builder().build();
                }
            };
        }
    },

    /** Reconcile counts an instance as repaired as soon as there is an address for it. */
    RECONCILED_WITHOUT_ASSOCIATE {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(
                    "Reconcile",
                    stateMachine,
                    shipped,
                    definition -> definition.replace(
                            "{% $found.outcome = 'AlreadyHeld' %}",
                            "{% $found.outcome in ['AlreadyHeld', 'Found'] %}"));
        }
    },

    /** The first thing that goes wrong for a launch ends it. */
    NO_RETRY {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "EipOnLaunch",
                    stateMachine,
                    shipped,
                    states -> states.forEach(state -> {
                        ((ObjectNode) state).remove("Retry");
                        state.path("Catch").forEach(catcher -> {
                            if (catcher.get("Next").asText().matches("(Deadline|Heartbeat)Left.*")) {
                                ((ObjectNode) catcher).put("Next", "CompleteLifecycleAbandon");
                            }
                        });
                        if (state == states.get("CompleteLifecycleAbandon")) {
                            state.path("Catch")
                                    .forEach(catcher -> ((ObjectNode) catcher).put("Next", "AbandonNotSent"));
                        }
                    }));
        }
    },

    /** Nobody takes care of the launch, and nothing fails. */
    NEVER_STARTED {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "StartOnce",
                    stateMachine,
                    shipped,
                    states -> states.putObject("StartOnce").put("Type", "Succeed"));
        }
    },

    /** A start that is denied is given up at once. */
    START_NEVER_PERMITTED_LATER {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change(
                    "StartOnce",
                    stateMachine,
                    shipped,
                    states -> ((ArrayNode) states.at("/StartOnce/Catch/1/ErrorEquals"))
                            .add("StepFunctions.AccessDeniedException"));
        }
    },

    /** Early release says that it gave the address back. */
    NOTHING_GIVEN_BACK {
        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return new Wrapped(client) {
                @Override
                public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
                    return DisassociateAddressResponse.builder().build();
                }
            };
        }
    },

    /** A termination whose address could not be given back waits in its hook to the end. */
    FAILED_RELEASE_HELD {
        @Override
        public String definition(String stateMachine, String shipped) {
            return change("EipOnTerminate", stateMachine, shipped, states -> {
                states.at("/DisassociateEip/Catch").forEach(catcher -> ((ObjectNode) catcher).put("Next", "Held"));
                states.putObject("Held").put("Type", "Fail").put("Error", "Held");
            });
        }
    };

    private static Set<String> reachable(ObjectNode states, String from, Set<String> seen) {
        if (seen.add(from)) {
            var state = states.get(from);
            var next = new ArrayList<>(state.findValuesAsText("Next"));
            next.addAll(state.findValuesAsText("Default"));
            next.forEach(name -> reachable(states, name, seen));
        }
        return seen;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Changes the states of one state machine's definition. */
    private static String change(String changed, String stateMachine, String shipped, Consumer<ObjectNode> change) {
        return edit(changed, stateMachine, shipped, text -> {
            try {
                var definition = JSON.readTree(text);
                var states = (ObjectNode) definition.get("States");
                change.accept(states);
                states.retain(reachable(states, definition.get("StartAt").asText(), new TreeSet<>()));
                return definition.toString();
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String edit(String stateMachine, String shipped, UnaryOperator<String> edit) {
        return edit("EipOnLaunch", stateMachine, shipped, edit);
    }

    private static String edit(String edited, String stateMachine, String shipped, UnaryOperator<String> edit) {
        if (!stateMachine.equals(edited)) {
            return shipped;
        }
        var mutated = edit.apply(shipped);
        if (mutated.equals(shipped)) {
            throw new IllegalStateException("the mutation changes nothing");
        }
        return mutated;
    }

    /** A client that hands on the calls of the functions. */
    private static class Wrapped implements Ec2Client {
        private final Ec2Client client;

        Wrapped(Ec2Client client) {
            this.client = client;
        }

        @Override
        public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
            return client.describeAddresses(request);
        }

        @Override
        public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
            return client.describeInstances(request);
        }

        @Override
        public DescribeAvailabilityZonesResponse describeAvailabilityZones(DescribeAvailabilityZonesRequest request) {
            return client.describeAvailabilityZones(request);
        }

        @Override
        public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
            return client.disassociateAddress(request);
        }

        @Override
        public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
            return client.associateAddress(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
