package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.AwsUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
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

    /** Java's own HTTP client hands over no body with a 401: the status alone says what it is. */
    @Test
    void anAuthFailureIsSeenForWhatItIs() {
        answer(
                401,
                "<Response><Errors><Error><Code>AuthFailure</Code><Message>No.</Message></Error></Errors></Response>");

        assertThatThrownBy(() -> AwsClients.ec2().associateAddress(request -> request.allocationId("eipalloc-1")))
                .isInstanceOfSatisfying(Ec2Exception.class, e -> {
                    assertThat(AwsFailures.code(e)).isEqualTo("AuthFailure");
                    assertThat(AwsFailures.typed(e, "AssociateAddress"))
                            .isExactlyInstanceOf(AccessDeniedException.class);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "<CompleteLifecycleActionResponse/>"})
    void aCompletionWithoutItsResultIsNoSuccess(String body) {
        answer(200, body);

        assertThatThrownBy(() -> AwsClients.autoScaling().completeLifecycleAction(request -> request.instanceId("i-1")))
                .isInstanceOfSatisfying(
                        SdkException.class,
                        e -> assertThat(AwsFailures.typed(e, "CompleteLifecycleAction"))
                                .isExactlyInstanceOf(AwsUnavailableException.class)
                                .hasMessageContaining("CompleteLifecycleActionResult"));
    }

    /** It decides whether DisassociateEip may take an address away. */
    @Test
    void aHeartbeatWithoutItsResultIsNoSuccess() {
        answer(200, "");

        assertThatThrownBy(() ->
                        AwsClients.autoScaling().recordLifecycleActionHeartbeat(request -> request.instanceId("i-1")))
                .isInstanceOf(SdkException.class)
                .hasMessageContaining("RecordLifecycleActionHeartbeatResult");
    }

    @Test
    void aCompletionWithItsResultIsASuccess() {
        answer(
                200,
                "<CompleteLifecycleActionResponse><CompleteLifecycleActionResult/><ResponseMetadata><RequestId>r-1"
                        + "</RequestId></ResponseMetadata></CompleteLifecycleActionResponse>");

        var completed = AwsClients.autoScaling().completeLifecycleAction(request -> request.instanceId("i-1"));

        assertThat(completed.responseMetadata().requestId()).isEqualTo("r-1");
    }

    @Test
    void aCompletionThatFailsKeepsItsCode() {
        answer(
                400,
                "<ErrorResponse><Error><Code>ResourceContention</Code><Message>No.</Message></Error></ErrorResponse>");

        assertThatThrownBy(() -> AwsClients.autoScaling().completeLifecycleAction(request -> request.instanceId("i-1")))
                .isInstanceOfSatisfying(
                        AutoScalingException.class,
                        e -> assertThat(AwsFailures.code(e)).isEqualTo("ResourceContention"));
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Each sets TLS up for itself, which would lengthen a cold start. */
    @Test
    void theClientsShareOneHttpClient() {
        assertThat(AwsClients.ec2()).isNotNull(); // whatever was made before
        var tls = new CountedTls();
        Security.insertProviderAt(tls, 1);
        try {
            AwsClients.ec2();
            AwsClients.autoScaling();
        } finally {
            Security.removeProvider(tls.getName());
        }

        assertThat(tls.contexts).hasValue(0);
    }

    /** Counts who asks for TLS, and leaves it to the others. */
    private static final class CountedTls extends Provider {
        private final AtomicInteger contexts = new AtomicInteger();

        CountedTls() {
            super("CountedTls", "1", "of a test");
            putService(new Service(this, "SSLContext", "TLS", "none", null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    contexts.incrementAndGet();
                    throw new NoSuchAlgorithmException("another provider has it");
                }
            });
        }
    }

    /** Without one SLF4J writes three lines into the function's log at each cold start. */
    @Test
    void slf4jFindsSomewhereToLogTo() {
        assertThatCode(() -> Class.forName("org.slf4j.impl.StaticLoggerBinder")).doesNotThrowAnyException();
    }

    /** The slowest cold start that was measured took 1.3 seconds (docs/benchmarks.md). */
    @Test
    void aColdStartFitsFourTimesIntoTheTimeoutOfACall() {
        var limits = List.of(
                AwsClients.ec2().serviceClientConfiguration().overrideConfiguration(),
                AwsClients.autoScaling().serviceClientConfiguration().overrideConfiguration());

        assertThat(limits)
                .allSatisfy(limit -> assertThat(limit.apiCallTimeout().orElseThrow())
                        .isGreaterThanOrEqualTo(Duration.ofMillis(4 * 1300)));
    }

    /**
     * Else Lambda would end the function, and nobody would learn what it waited for. The timeout of a call ends no read that waits
     * for more of a body, and that of the connection no body of which a little comes all the time.
     *
     * @see <a href="https://github.com/aws/aws-sdk-java-v2/issues/3763">aws-sdk-java-v2 issue 3763</a>
     */
    @Test
    void aCallThatGetsNoAnswerOrOnlyPartOfOneEndsByItself() {
        server.createContext("/", exchange -> {
            var request = requests.incrementAndGet();
            if (request > 1) {
                exchange.sendResponseHeaders(200, 0);
            }
            do {
                if (request > 1) {
                    exchange.getResponseBody().write('\n');
                    exchange.getResponseBody().flush();
                }
            } while (!isOverWithin(request == 3 ? Duration.ofSeconds(1) : Duration.ofMinutes(1)));
        });
        var ec2 = AwsClients.ec2();

        assertThat(Stream.generate(() -> CompletableFuture.runAsync(ec2::describeAddresses, threads))
                        .limit(3)
                        .toList())
                .allSatisfy(call -> assertThat(call)
                        .failsWithin(Duration.ofSeconds(9)) // nearly half of the function's timeout
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOfSatisfying(
                                SdkException.class,
                                e -> assertThat(AwsFailures.typed(e, "DescribeAddresses"))
                                        .isExactlyInstanceOf(AwsUnavailableException.class)));
        assertThat(requests).hasValue(3);
    }

    private boolean isOverWithin(Duration time) {
        try {
            return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
