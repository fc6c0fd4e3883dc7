import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.json.TaskJson;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Does what a first invocation of FindFreeEip does, one part after the other, and prints the CPU of each in milliseconds. */
public final class ColdStartParts {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static long before;

    public static void main(String[] arguments) throws Exception {
        var input = System.in.readAllBytes();
        System.out.printf("The start of Java,%.0f%n", PROCESS.getProcessCpuTime() / 1e6);
        before = PROCESS.getProcessCpuTime();
        SSLContext.getInstance("TLS").init(null, null, null);
        part("TLS, before any connection");
        var ec2 = AwsClients.ec2();
        part("The client of EC2");
        var autoScaling = AwsClients.autoScaling();
        part("The client of Auto Scaling");
        var json = new TaskJson();
        FindFreeEipInput task = json.fromJson(new String(input), FindFreeEipInput.class);
        part("The input, from JSON");
        autoScaling.describeAutoScalingGroups(request -> request.maxRecords(100));
        part("DescribeAutoScalingGroups, the first call");
        var pool = List.of(PoolFilters.filter("tag:Application", List.of("ForwardProxy")));
        ec2.describeAddresses(request -> request.filters(pool));
        part("DescribeAddresses");
        var itself = List.of(PoolFilters.filter("instance-id", List.of("i-0123456789abcdef0")));
        ec2.describeInstances(request -> request.filters(itself));
        part("DescribeInstances");
        var log = new DecisionLog(new PrintStream(new ByteArrayOutputStream()), Clock.systemUTC());
        var output = new FindFreeEipHandler(ec2, autoScaling, Clock.systemUTC(), log).handleRequest(task, null);
        part("The handler, which makes the three calls again");
        json.toJson(output, new ByteArrayOutputStream(), output.getClass());
        part("The output, to JSON");
    }

    private static void part(String name) {
        System.out.printf("%s,%.0f%n", name, (PROCESS.getProcessCpuTime() - before) / 1e6);
        before = PROCESS.getProcessCpuTime();
    }
}
