package eiponlaunch.simulator.run;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Clock;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * How the shipped files and handlers are deployed. Tests break the workflow on purpose here to see that the invariants
 * notice.
 */
public interface Deployment {
    /** As users deploy it. */
    Deployment SHIPPED = new Deployment() {};

    /** The text of a state machine's definition, before its substitutions. */
    default String definition(String stateMachine, String shipped) {
        return shipped;
    }

    /** The state machine that the rule starts. */
    default String startedByTheRule() {
        return "StartOnce";
    }

    /** What runs a function. */
    default RequestHandler<?, ?> handler(String function, RequestHandler<?, ?> shipped, Clients clients) {
        return shipped;
    }

    /** What a function is made of. */
    record Clients(Ec2Client ec2, AutoScalingClient autoScaling, Clock clock) {}

    /** The EC2 client of a function. */
    default Ec2Client ec2(String function, Ec2Client client) {
        return client;
    }

    /** The clock of a function. */
    default Clock clock(String function, Clock clock) {
        return clock;
    }
}
