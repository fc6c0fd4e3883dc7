package eiponlaunch.simulator.workflow;

import asl.definition.Substitutions;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * What the last release deploys, as {@code simulator/src/test/last-release} has kept it: its definitions, filled in by its own
 * template, and its compiled handlers, with their own serializer.
 */
final class LastRelease {
    private static final ProjectFiles FILES =
            new ProjectFiles(ProjectFiles.find().home().resolve("simulator/src/test/resources/last-release"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Loads the release's classes from its jar, although the new ones have the same names. */
    private static final ClassLoader CLASSES = new URLClassLoader(
            new URL[] {url(FILES.home().resolve("handlers.jar"))}, new ClassLoader(LastRelease.class.getClassLoader()) {
                @Override
                protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                    if (name.startsWith("eiponlaunch.")) {
                        throw new ClassNotFoundException(name);
                    }
                    return super.loadClass(name, resolve);
                }
            });

    private LastRelease() {}

    static String definition(String machine, Map<String, String> parameters) {
        var stateMachine = machine.equals("Reconcile") ? "Retrofit" : machine; // its name until then
        try {
            var template = SamTemplate.read(FILES.template(), parameters);
            var text = FILES.read(
                    template.properties(stateMachine).get("DefinitionUri").toString());
            return Substitutions.apply(text, template.definitionSubstitutions(stateMachine));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequestHandler<Object, Object> handler(String function, Deployment.Clients clients) {
        try {
            var type = type(function, "Handler");
            return new Old(
                    switch (function) {
                        case "FindFreeEip" -> {
                            var choice = CLASSES.loadClass("eiponlaunch.findfreeeip.EipChoice");
                            var ranked = CLASSES.loadClass("eiponlaunch.findfreeeip.RankedChoice");
                            yield type.getConstructor(Ec2Client.class, choice, Clock.class)
                                    .newInstance(
                                            clients.ec2(),
                                            ranked.getConstructor().newInstance(),
                                            clients.clock());
                        }
                        case "AssociateEip" ->
                            type.getConstructor(Ec2Client.class, Clock.class)
                                    .newInstance(clients.ec2(), clients.clock());
                        case "CompleteLifecycle" ->
                            type.getConstructor(AutoScalingClient.class).newInstance(clients.autoScaling());
                        case "DisassociateEip" ->
                            type.getConstructor(Ec2Client.class, AutoScalingClient.class)
                                    .newInstance(clients.ec2(), clients.autoScaling());
                        default -> throw new IllegalArgumentException("the last release has no " + function);
                    },
                    type(function, "Input"),
                    (CustomPojoSerializer) CLASSES.loadClass("eiponlaunch.aws.TaskJson")
                            .getConstructor()
                            .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields that a function's output has. */
    static Set<String> outputFields(String function) {
        return Arrays.stream(type(function, "Output").getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a function's output may have for an outcome. */
    static Set<String> outcomes(String function) {
        return Arrays.stream(type(function, "Output$Outcome").getEnumConstants())
                .map(Object::toString)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Class<?> type(String function, String suffix) {
        try {
            return CLASSES.loadClass(
                    "eiponlaunch." + function.toLowerCase(java.util.Locale.ROOT) + "." + function + suffix);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The serializer reads and writes as it does under Lambda's runtime; here only JSON goes in and comes out. */
    private record Old(Object handler, Class<?> input, CustomPojoSerializer json)
            implements RequestHandler<Object, Object> {
        @Override
        public Object handleRequest(Object payload, com.amazonaws.services.lambda.runtime.Context context) {
            try {
                var output = handler.getClass()
                        .getMethod("handleRequest", input, com.amazonaws.services.lambda.runtime.Context.class)
                        .invoke(handler, json.fromJson(JSON.writeValueAsString(payload), input), null);
                var bytes = new ByteArrayOutputStream();
                json.toJson(output, bytes, Object.class);
                return JSON.readValue(bytes.toString(StandardCharsets.UTF_8), Object.class);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            } catch (ReflectiveOperationException | JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
