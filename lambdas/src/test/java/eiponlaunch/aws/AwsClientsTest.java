package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The clients that the functions are deployed with, against a server that fails. */
class AwsClientsTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        settings().forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings().keySet().forEach(System::clearProperty);
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private Map<String, String> settings() {
        return Map.of(
                "aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort(),
                "aws.region", "us-east-1",
                "aws.accessKeyId", "test",
                "aws.secretAccessKey", "test");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aCallIsMadeOnceHoweverItFails(int status) {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });

        assertThatThrownBy(() -> AwsClients.ec2().describeAddresses()).isInstanceOf(Ec2Exception.class);
        assertThat(requests).hasValue(1);
        assertThatThrownBy(() -> AwsClients.autoScaling().describeAutoScalingGroups())
                .isInstanceOf(AutoScalingException.class);
        assertThat(requests).hasValue(2);
    }

    /** Else Lambda would end the function, and nobody would learn what it waited for. */
    @Test
    void aCallThatGetsNoAnswerEndsByItself() {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(() -> AwsClients.ec2().describeAddresses())
                .as("of the call as a whole, not of one read from the connection")
                .isInstanceOf(ApiCallTimeoutException.class);
        assertThat(requests).hasValue(1);
    }
}
