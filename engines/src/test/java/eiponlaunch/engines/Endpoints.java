package eiponlaunch.engines;

import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** Where the engines are, as {@code engines/up} exported it. A test that finds none fails: a skipped engine proves nothing. */
final class Endpoints {
    private Endpoints() {}

    static URI ministack() {
        return URI.create(required("ENGINES_MINISTACK_URL"));
    }

    static URI moto() {
        return URI.create(required("ENGINES_MOTO_URL"));
    }

    /** The binary of the Lambda runtime interface emulator. */
    static Path runtimeEmulator() {
        return Path.of(required("ENGINES_RIE"));
    }

    /** The folder with the jars of AWS's Java runtime. */
    static Path runtimeJars() {
        return Path.of(required("ENGINES_RUNTIME_JARS"));
    }

    /** The folder node_modules with JSONata's reference implementation. */
    static Path jsonata() {
        return Path.of(required("ENGINES_JSONATA"));
    }

    /** A client of the engine at {@code endpoint}; engines take any credentials. */
    static <C, B extends AwsClientBuilder<B, C>> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; start the engines first: eval \"$(engines/up)\"");
        }
        return value;
    }
}
