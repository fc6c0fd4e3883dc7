package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The client for dry runs, with nothing that would answer it. */
class OnlyDryRunsTest {
    private Ec2Client ec2;

    @BeforeEach
    void client() {
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:9");
        ec2 = Clients.ec2ForDryRuns(Region.EU_WEST_1, AnonymousCredentialsProvider.create());
    }

    @AfterEach
    void close() {
        System.clearProperty("aws.endpointUrl");
        ec2.close();
    }

    @Test
    void aCallThatIsNoDryRunIsNotSent() {
        assertThatThrownBy(() -> ec2.associateAddress(request -> request.allocationId("eipalloc-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no dry run: AssociateAddressRequest");
        assertThatThrownBy(() -> ec2.disassociateAddress(
                        request -> request.associationId("eipassoc-1").dryRun(false)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(ec2::describeInstances).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDryRunIsSent() {
        assertThatThrownBy(() -> ec2.associateAddress(request -> request.dryRun(true)))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("Connection refused");
    }
}
