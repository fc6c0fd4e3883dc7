package eiponlaunch.emulators;

import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** Where the emulators are, as {@code emulators/up} exported it. A test that finds none fails: a skipped emulator proves nothing. */
public final class Endpoints {
    private Endpoints() {}

    public static URI ministack() {
        return URI.create(required("EMULATORS_MINISTACK_URL"));
    }

    public static URI moto() {
        return URI.create(required("EMULATORS_MOTO_URL"));
    }

    /** The binary of the Lambda runtime interface emulator. */
    public static Path runtimeEmulator() {
        return Path.of(required("EMULATORS_RIE"));
    }

    /** The folder with the jars of AWS's Java runtime. */
    public static Path runtimeJars() {
        return Path.of(required("EMULATORS_RUNTIME_JARS"));
    }

    /** The folder node_modules with JSONata's reference implementation. */
    public static Path jsonata() {
        return Path.of(required("EMULATORS_JSONATA"));
    }

    /** A client of the emulator at {@code endpoint}; emulators take any credentials. */
    public static <C, B extends AwsClientBuilder<B, C>> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; start the emulators first: eval \"$(emulators/up)\"");
        }
        return value;
    }
}
