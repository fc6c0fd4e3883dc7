package eiponlaunch.emulators;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** What runs in a container. */
public final class DockerEngine {
    private DockerEngine() {}

    /** Skips the test where no Docker engine answers, unless DOCKER_HOST says that one should. */
    public static void assume() {
        assumeTrue(
                System.getenv("DOCKER_HOST") != null
                        || DockerClientFactory.instance().isDockerAvailable(),
                "no Docker engine answers");
    }

    public static LocalStackContainer localstack(String services) {
        return new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
                .withEnv("SERVICES", services);
    }
}
