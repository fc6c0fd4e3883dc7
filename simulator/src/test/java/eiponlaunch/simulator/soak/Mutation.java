package eiponlaunch.simulator.soak;

import eiponlaunch.simulator.run.Deployment;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;

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
            return edit(stateMachine, shipped, definition -> {
                var start = definition.indexOf("\"Catch\"", definition.indexOf("\"AssociateEip\": {"));
                return definition.substring(0, start)
                        + Pattern.compile("\"Catch\": \\[.*?],\\s*(?=\"Next\": \"EipAssociated\")", Pattern.DOTALL)
                                .matcher(definition.substring(start))
                                .replaceFirst("");
            });
        }
    },

    /** AssociateEip does not look at the clock. */
    DEADLINE_IGNORED {
        @Override
        public Clock clock(String function, Clock clock) {
            return function.equals("AssociateEip") ? Clock.fixed(Instant.EPOCH, ZoneOffset.UTC) : clock;
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

    /** A launch that failed goes on. */
    CONTINUE_FOR_ABANDON {
        @Override
        public String definition(String stateMachine, String shipped) {
            return edit(stateMachine, shipped, definition -> definition.replace("\"ABANDON\"", "\"CONTINUE\""));
        }
    },

    /** Early release takes an address from whoever has it. */
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
                var last = definition.lastIndexOf(next);
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
    };

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
