package eiponlaunch.emulators.wire;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One function under AWS's Lambda runtime interface emulator and Java runtime: what a container of AWS's image runs. */
public final class RuntimeEmulator implements AutoCloseable {
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

    private final int port = freePort();
    private final Process process;

    public RuntimeEmulator(Class<?> handler, Map<String, String> environment) {
        var builder = new ProcessBuilder(List.of(
                        Endpoints.runtimeEmulator().toString(),
                        "--runtime-interface-emulator-address",
                        "127.0.0.1:" + port,
                        "--runtime-api-address",
                        "127.0.0.1:" + freePort(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Endpoints.runtimeJars() + "/*",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler.getName() + "::handleRequest"))
                .directory(new File("target", "function")) // where the runtime looks for the function
                .redirectErrorStream(true)
                .redirectOutput(new File("target", "emulator-" + handler.getSimpleName() + ".log"));
        builder.environment().putAll(environment);
        builder.environment().put("AWS_REGION", "us-east-1");
        builder.environment().putAll(CREDENTIALS);
        try {
            process = builder.start();
            awaitPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode invoke(String input) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations"))
                .POST(HttpRequest.BodyPublishers.ofString(input))
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return Events.json(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private void awaitPort() throws IOException {
        var until = Instant.now().plusSeconds(20);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(until)) {
                    process.destroy();
                    throw new IOException("The runtime interface emulator did not come up on port " + port, e);
                }
            }
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
