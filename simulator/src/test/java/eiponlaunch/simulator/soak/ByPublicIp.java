package eiponlaunch.simulator.soak;

import eiponlaunch.simulator.run.Deployment;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;

/** DisassociateEip as it must not be: it names the address that it saw, and not the association. */
public final class ByPublicIp implements Deployment {
    @Override
    public Ec2Client ec2(String function, Ec2Client client) {
        return function.equals("DisassociateEip") ? new Translating(client) : client;
    }

    private static final class Translating implements Ec2Client {
        private final Ec2Client client;
        private final Map<String, String> publicIps = new HashMap<>();

        Translating(Ec2Client client) {
            this.client = client;
        }

        @Override
        public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
            var response = client.describeAddresses(request);
            response.addresses().forEach(address -> publicIps.put(address.associationId(), address.publicIp()));
            return response;
        }

        @Override
        public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
            return client.disassociateAddress(byIp -> byIp.publicIp(publicIps.get(request.associationId())));
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
