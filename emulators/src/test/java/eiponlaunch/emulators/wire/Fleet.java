package eiponlaunch.emulators.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * EC2 and Auto Scaling over HTTP for a fleet in service and its pool, with what AssociateAddress changes. Its answers are as long
 * as those of AWS, and groups come in pages. moto has all of this, but takes minutes for 5,000 instances and addresses.
 */
final class Fleet implements AutoCloseable {
    /** AWS names no more in a page than it is asked for, and may name fewer. */
    private static final int GROUPS_IN_A_PAGE = 2;

    private static final String MODEL_ID = "i-0123456789abcdef0";

    private final HttpServer server;
    private final Map<String, List<String>> groups = new TreeMap<>();
    private final Map<String, String> holders = new TreeMap<>();
    private final Map<String, String> pools = new TreeMap<>();
    private final Map<String, Map<String, byte[]>> describedAddresses = new TreeMap<>();
    private final Map<String, byte[]> describedGroups = new TreeMap<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Answer group;
    private final Answer instance;
    private final Answer address;

    /** An answer of AWS about one thing, as {@code checks/payload.py} writes it, and the element that repeats. */
    private record Answer(String head, String item, String tail) {
        static Answer of(Path file, String before, String after) throws IOException {
            var text = Files.readString(file);
            var from = text.indexOf(before) + before.length();
            var to = text.indexOf(after, from);
            return new Answer(text.substring(0, from), text.substring(from, to), text.substring(to));
        }

        /** Says also what follows the list. */
        Answer before(String more) {
            var end = tail.indexOf('\n') + 1;
            return new Answer(head, item, tail.substring(0, end) + more + tail.substring(end));
        }

        byte[] with(Collection<byte[]> items) {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.getBytes(UTF_8));
            items.forEach(bytes::writeBytes);
            bytes.writeBytes(tail.getBytes(UTF_8));
            return bytes.toByteArray();
        }
    }

    /** @param scratch an empty folder */
    Fleet(Path scratch) throws IOException, InterruptedException {
        var written = new ProcessBuilder("python3", "-B", "../checks/payload.py", "1", MODEL_ID, scratch.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (written != 0) {
            throw new IOException("checks/payload.py failed");
        }
        group = Answer.of(
                scratch.resolve("DescribeAutoScalingGroups.xml"), "<AutoScalingGroups>\n", "    </AutoScalingGroups>");
        instance =
                Answer.of(scratch.resolve("DescribeInstances-one.xml"), "<reservationSet>\n", "    </reservationSet>");
        address = Answer.of(scratch.resolve("DescribeAddresses.xml"), "<addressesSet>\n", "    </addressesSet>");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Adds a group with so many instances in service and an address for each, which all but so many of them have. */
    void add(String name, String pool, int instances, int without) {
        var members = IntStream.range(0, instances)
                .mapToObj(number -> String.format("i-0%08x%08x", name.hashCode(), number * 0x9E3779B1))
                .toList();
        groups.put(name, members);
        pools.put(name, pool);
        describedAddresses.putIfAbsent(pool, new TreeMap<>());
        describedGroups.put(name, describedGroup(name).getBytes(UTF_8));
        for (var number = 0; number < instances; number++) {
            hold(
                    pool,
                    String.format("eipalloc-0%08x%08x", name.hashCode(), number),
                    number < without ? "" : members.get(number));
        }
    }

    private void hold(String pool, String allocationId, String instanceId) {
        holders.put(allocationId, instanceId);
        describedAddresses
                .get(pool)
                .put(allocationId, described(pool, allocationId).getBytes(UTF_8));
    }

    /** Who has which address; an empty text for nobody. */
    Map<String, String> holders() {
        return Map.copyOf(holders);
    }

    Set<String> instances() {
        var all = new HashSet<String>();
        groups.values().forEach(all::addAll);
        return all;
    }

    int calls(String action) {
        return calls.getOrDefault(action, 0);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var sent = Stream.of(new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], UTF_8)));
        calls.merge(sent.get("Action"), 1, Integer::sum);
        try {
            reply(exchange, 200, answer(sent));
        } catch (Refused refused) {
            reply(exchange, 400, refused.getMessage().getBytes(UTF_8));
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String code, String message) {
            super("<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                    + "</Message></Error></Errors><RequestID>r</RequestID></Response>");
        }
    }

    private byte[] answer(Map<String, String> sent) {
        return switch (sent.get("Action")) {
            case "DescribeAutoScalingGroups" -> describeGroups(sent);
            case "DescribeLifecycleHooks" -> describeHooks(sent.get("AutoScalingGroupName"));
            case "DescribeAddresses" -> describeAddresses(sent.get("Filter.1.Name"), sent.get("Filter.1.Value.1"));
            case "DescribeInstances" ->
                instance.with(List.of(instance.item()
                        .replace(MODEL_ID, sent.get("Filter.1.Value.1"))
                        .getBytes(UTF_8)));
            case "AssociateAddress" ->
                associate(sent.get("AllocationId"), sent.get("InstanceId"), sent.get("AllowReassociation"));
            default -> throw new Refused("InvalidAction", "This fleet has no " + sent.get("Action"));
        };
    }

    private byte[] describeAddresses(String filter, String value) {
        if (!"tag:Application".equals(filter) || !describedAddresses.containsKey(value)) {
            throw new Refused("InvalidParameterValue", "This fleet has no addresses with " + filter + " " + value);
        }
        return address.with(describedAddresses.get(value).values());
    }

    private byte[] describeGroups(Map<String, String> sent) {
        var asked = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> sent.get("AutoScalingGroupNames.member." + number))
                .filter(Objects::nonNull)
                .filter(groups::containsKey)
                .toList();
        var from = Integer.parseInt(sent.getOrDefault("NextToken", "0"));
        var to = Math.min(asked.size(), from + GROUPS_IN_A_PAGE);
        var page = asked.subList(from, to).stream().map(describedGroups::get).toList();
        return to == asked.size()
                ? group.with(page)
                : group.before("<NextToken>" + to + "</NextToken>").with(page);
    }

    private byte[] describeHooks(String name) {
        return ("<DescribeLifecycleHooksResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                        + "<DescribeLifecycleHooksResult><LifecycleHooks><member><AutoScalingGroupName>" + name
                        + "</AutoScalingGroupName><LifecycleHookName>associate-eip</LifecycleHookName><LifecycleTransition>"
                        + "autoscaling:EC2_INSTANCE_LAUNCHING</LifecycleTransition><NotificationMetadata>{\"eipPool\": {\"Application\": \""
                        + pools.get(name) + "\"}}</NotificationMetadata></member></LifecycleHooks>"
                        + "</DescribeLifecycleHooksResult></DescribeLifecycleHooksResponse>")
                .getBytes(UTF_8);
    }

    private String describedGroup(String name) {
        var one = Pattern.compile("(?s) *<member>\\s*<InstanceId>.*?<ProtectedFromScaleIn>.*?</member>\n")
                .matcher(group.item());
        one.find();
        var member = one.group().replace("Pending:Wait", "InService");
        var members = new ArrayList<String>();
        groups.get(name).forEach(id -> members.add(member.replace(MODEL_ID, id)));
        return (group.item().substring(0, one.start())
                        + String.join("", members)
                        + group.item().substring(one.end()))
                .replace("<AutoScalingGroupName>forward-proxy<", "<AutoScalingGroupName>" + name + "<");
    }

    private String described(String pool, String allocationId) {
        var free = address.item().replaceFirst("eipalloc-\\w+", allocationId).replace("ForwardProxy", pool);
        var holder = holders.get(allocationId);
        return holder.isEmpty()
                ? free
                : free.replace(
                        "<domain>vpc</domain>", """
                        <associationId>eipassoc-%1$s</associationId>
                                    <domain>vpc</domain>
                                    <instanceId>%2$s</instanceId>
                                    <networkInterfaceId>eni-%1$s</networkInterfaceId>
                                    <networkInterfaceOwnerId>123456789012</networkInterfaceOwnerId>
                                    <privateIpAddress>10.16.21.39</privateIpAddress>""".formatted(allocationId.substring("eipalloc-".length()), holder));
    }

    private String pool(String allocationId) {
        return describedAddresses.entrySet().stream()
                .filter(pool -> pool.getValue().containsKey(allocationId))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** As EC2: a further address replaces the instance's own, and a taken one is taken away unless that is forbidden. */
    private byte[] associate(String allocationId, String instanceId, String allowReassociation) {
        if (!holders.containsKey(allocationId)) {
            throw new Refused(
                    "InvalidAllocationID.NotFound", "The allocation ID '" + allocationId + "' does not exist");
        }
        if (!holders.get(allocationId).isEmpty() && "false".equals(allowReassociation)) {
            throw new Refused("Resource.AlreadyAssociated", "resource " + allocationId + " is already associated");
        }
        holders.entrySet().stream()
                .filter(held -> held.getValue().equals(instanceId))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(replaced -> hold(pool(replaced), replaced, ""));
        hold(pool(allocationId), allocationId, instanceId);
        return ("<AssociateAddressResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                        + "<return>true</return><associationId>eipassoc-" + allocationId.substring("eipalloc-".length())
                        + "</associationId></AssociateAddressResponse>")
                .getBytes(UTF_8);
    }
}
