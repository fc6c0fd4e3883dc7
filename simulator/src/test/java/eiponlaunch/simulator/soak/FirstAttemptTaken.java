package eiponlaunch.simulator.soak;

import eiponlaunch.simulator.run.Deployment;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Whatever an instance tries first is another's, so that it gets another address than that of its first attempt. */
public final class FirstAttemptTaken implements Deployment {
    @Override
    public Ec2Client ec2(String function, Ec2Client client) {
        return function.equals("AssociateEip") ? new Refusing(client) : client;
    }

    private static final class Refusing implements Ec2Client {
        private final Ec2Client client;
        private final Set<String> tried = new HashSet<>();

        Refusing(Ec2Client client) {
            this.client = client;
        }

        @Override
        public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
            if (request.instanceId() != null && tried.add(request.instanceId())) {
                throw Ec2Exception.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("Resource.AlreadyAssociated")
                                .errorMessage("It is already associated.")
                                .build())
                        .build();
            }
            return client.associateAddress(request);
        }

        @Override
        public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
            return client.describeInstances(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
