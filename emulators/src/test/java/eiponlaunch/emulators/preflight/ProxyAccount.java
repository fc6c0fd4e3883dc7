package eiponlaunch.emulators.preflight;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.template.CloudFormationYaml;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * An account in moto where all is well: a stack, a group of at most three instances with its hook, in two public subnets, and
 * a pool of six addresses. A test breaks one thing of it. It has a Region of its own, in which it removes what was before.
 */
final class ProxyAccount {
    static final Region REGION = Region.EU_WEST_1;
    static final String STACK = "eip-on-launch";
    static final String GROUP = "forward-proxy";
    static final String HOOK = "associate-eip";

    static final String TERMINATE_HOOK = "disassociate-eip";
    static final String SCHEDULE = "eip-on-launch-ScheduledReconcile";
    static final String SCHEDULE_GROUP = "eip-on-launch-Schedules";

    private static final List<String> FUNCTIONS = List.of("FindFreeEip", "AssociateEip", "CompleteLifecycle");

    final Ec2Client ec2;
    final AutoScalingClient autoScaling;
    final EventBridgeClient eventBridge;
    private final SchedulerClient scheduler;
    private final StsClient sts;
    final List<String> subnets = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    private final CloudFormationClient cloudFormation;
    private String vpc;
    private String internetGateway;
    private String routeTable;

    ProxyAccount(URI engine) {
        ec2 = client(Ec2Client.builder(), engine);
        autoScaling = client(AutoScalingClient.builder(), engine);
        eventBridge = client(EventBridgeClient.builder(), engine);
        sts = client(StsClient.builder(), engine);
        scheduler = client(SchedulerClient.builder(), engine);
        cloudFormation = client(CloudFormationClient.builder(), engine);
        clear();
        makeNetwork();
        makeGroup(request -> request.launchTemplate(
                template -> template.launchTemplateId(launchTemplate()).version("$Latest")));
        for (var i = 0; i < 6; i++) {
            addresses.add(allocate(Map.of("Application", "ForwardProxy")));
        }
        deploy(Map.of());
    }

    /**
     * Adds a schedule for these groups that starts a state machine of the stack, named by its logical ID. moto's CloudFormation
     * makes none, so it is made beside the stack, once that is deployed with names of its own.
     */
    void schedule(String groups, String starts, ScheduleState state) {
        deploy(Map.of("ReconcileGroups", groups));
        if (scheduler.listScheduleGroups(request -> request.namePrefix(SCHEDULE_GROUP)).scheduleGroups().stream()
                .noneMatch(group -> group.name().equals(SCHEDULE_GROUP))) {
            scheduler.createScheduleGroup(request -> request.name(SCHEDULE_GROUP));
        }
        scheduler
                .listSchedules(request -> request.groupName(SCHEDULE_GROUP))
                .schedules()
                .forEach(old -> scheduler.deleteSchedule(
                        request -> request.groupName(SCHEDULE_GROUP).name(old.name())));
        scheduler.createSchedule(request -> request.groupName(SCHEDULE_GROUP)
                .name(SCHEDULE)
                .scheduleExpression("rate(15 minutes)")
                .state(state)
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(to -> to.arn(resource(starts))
                        .roleArn("arn:aws:iam::123456789012:role/" + resource("ReconcileScheduleRole"))));
    }

    private static <C, B extends AwsClientBuilder<B, C>> C client(B builder, URI engine) {
        return builder.endpointOverride(engine)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private void clear() {
        for (var old : autoScaling.describeAutoScalingGroups().autoScalingGroups()) {
            autoScaling.deleteAutoScalingGroup(request ->
                    request.autoScalingGroupName(old.autoScalingGroupName()).forceDelete(true));
        }
        for (var old : ec2.describeAddresses().addresses()) {
            ec2.releaseAddress(request -> request.allocationId(old.allocationId()));
        }
    }

    private void makeNetwork() {
        vpc = ec2.createVpc(request -> request.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        internetGateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
        ec2.attachInternetGateway(request -> request.vpcId(vpc).internetGatewayId(internetGateway));
        routeTable =
                ec2.createRouteTable(request -> request.vpcId(vpc)).routeTable().routeTableId();
        route(routeTable);
        for (var zone : List.of("a", "b")) {
            var subnet = ec2.createSubnet(request -> request.vpcId(vpc)
                            .availabilityZone(REGION.id() + zone)
                            .cidrBlock(zone.equals("a") ? "10.0.0.0/24" : "10.0.1.0/24"))
                    .subnet()
                    .subnetId();
            ec2.associateRouteTable(request -> request.routeTableId(routeTable).subnetId(subnet));
            subnets.add(subnet);
        }
    }

    private void makeGroup(Consumer<CreateAutoScalingGroupRequest.Builder> launches) {
        autoScaling.createAutoScalingGroup(request -> launches.accept(request.autoScalingGroupName(GROUP)
                .minSize(0)
                .desiredCapacity(0)
                .maxSize(3)
                .vpcZoneIdentifier(String.join(",", subnets))));
        putHook(HOOK, PutLifecycleHookRequest.builder());
    }

    private void makeGroupAnew(Consumer<CreateAutoScalingGroupRequest.Builder> launches) {
        autoScaling.deleteAutoScalingGroup(
                request -> request.autoScalingGroupName(GROUP).forceDelete(true));
        makeGroup(launches);
    }

    /**
     * Makes the group anew, with a mixed instances policy: one of its two instance types has a launch template of its own, which
     * gives no tags and keeps the network interface.
     *
     * @return the name of that launch template
     */
    String launchAlsoWithAnotherTemplate() {
        var another = "forward-proxy-arm64-" + UUID.randomUUID();
        ec2.createLaunchTemplate(request -> request.launchTemplateName(another)
                .launchTemplateData(data -> data.imageId("ami-12345678")
                        .networkInterfaces(LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.builder()
                                .deviceIndex(0)
                                .deleteOnTermination(false)
                                .build())));
        var ofThePolicy = launchTemplate();
        makeGroupAnew(request -> request.mixedInstancesPolicy(policy ->
                policy.launchTemplate(template -> template.launchTemplateSpecification(specification ->
                                specification.launchTemplateId(ofThePolicy).version("$Latest"))
                        .overrides(
                                LaunchTemplateOverrides.builder()
                                        .instanceType("t3.small")
                                        .build(),
                                LaunchTemplateOverrides.builder()
                                        .instanceType("t4g.small")
                                        .launchTemplateSpecification(specification -> specification
                                                .launchTemplateName(another)
                                                .version("1"))
                                        .build()))));
        return another;
    }

    /** Makes the group anew, with a launch configuration that gives an automatic public address. */
    void launchWithAConfiguration() {
        var name = "forward-proxy-" + UUID.randomUUID();
        autoScaling.createLaunchConfiguration(request -> request.launchConfigurationName(name)
                .imageId("ami-12345678")
                .instanceType("t3.small")
                .associatePublicIpAddress(true));
        makeGroupAnew(request -> request.launchConfigurationName(name));
    }

    private void route(String table) {
        ec2.createRoute(request ->
                request.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(internetGateway));
    }

    /** Leads the VPC's main route table to the internet, too. */
    void routeInMainTable() {
        route(ec2.describeRouteTables(request -> request.filters(
                        Filter.builder().name("vpc-id").values(vpc).build(),
                        Filter.builder().name("association.main").values("true").build()))
                .routeTables()
                .get(0)
                .routeTableId());
    }

    /** Gives the group a tag. */
    void tagGroup(String key, String value, boolean propagateAtLaunch) {
        autoScaling.createOrUpdateTags(
                request -> request.tags(software.amazon.awssdk.services.autoscaling.model.Tag.builder()
                        .resourceId(GROUP)
                        .resourceType("auto-scaling-group")
                        .key(key)
                        .value(value)
                        .propagateAtLaunch(propagateAtLaunch)
                        .build()));
    }

    /** Leaves the subnets without a way to the internet. */
    void deleteRoute() {
        ec2.deleteRoute(request -> request.routeTableId(routeTable).destinationCidrBlock("0.0.0.0/0"));
    }

    /** Adds a third subnet, which has no route table of its own. */
    void launchAlsoInASubnetOfTheMainTable() {
        var subnet = ec2.createSubnet(request ->
                        request.vpcId(vpc).availabilityZone(REGION.id() + "c").cidrBlock("10.0.2.0/24"))
                .subnet()
                .subnetId();
        subnets.add(subnet);
        autoScaling.updateAutoScalingGroup(
                request -> request.autoScalingGroupName(GROUP).vpcZoneIdentifier(String.join(",", subnets)));
    }

    /** Launches an instance, which gets the first address of the pool. */
    String launchWithAddress() {
        autoScaling.setDesiredCapacity(
                request -> request.autoScalingGroupName(GROUP).desiredCapacity(1));
        var instance = autoScaling
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0)
                .instances()
                .get(0)
                .instanceId();
        ec2.associateAddress(request -> request.instanceId(instance).allocationId(addresses.get(0)));
        return instance;
    }

    /** Runs an instance that the group does not list, which gets an address of the pool. */
    String runWithAddress(int number) {
        var instance = ec2.runInstances(
                        request -> request.imageId("ami-12345678").minCount(1).maxCount(1))
                .instances()
                .get(0)
                .instanceId();
        ec2.associateAddress(request -> request.instanceId(instance).allocationId(addresses.get(number)));
        return instance;
    }

    /** Credentials of a session of a function's role. */
    Credentials session(String function) {
        var role = "arn:aws:iam::123456789012:role/" + resource(function + "Role");
        return sts.assumeRole(request -> request.roleArn(role).roleSessionName("probe"))
                .credentials();
    }

    /** The addresses that are in use. */
    List<String> holders() {
        return ec2.describeAddresses().addresses().stream()
                .filter(address -> address.associationId() != null)
                .map(Address::allocationId)
                .toList();
    }

    private String launchTemplate() {
        return ec2.createLaunchTemplate(request -> request.launchTemplateName("forward-proxy-" + UUID.randomUUID())
                        .launchTemplateData(data -> data.imageId("ami-12345678")
                                .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                                        .resourceType(ResourceType.INSTANCE)
                                        .tags(tag("Service", "proxy"))
                                        .build())))
                .launchTemplate()
                .launchTemplateId();
    }

    /** Puts a hook that is right but for what {@code difference} says. */
    void putHook(String name, PutLifecycleHookRequest.Builder difference) {
        var given = difference.build();
        autoScaling.putLifecycleHook(request -> request.autoScalingGroupName(GROUP)
                .lifecycleHookName(name)
                .lifecycleTransition(or(given.lifecycleTransition(), "autoscaling:EC2_INSTANCE_LAUNCHING"))
                .defaultResult(or(given.defaultResult(), "ABANDON"))
                .heartbeatTimeout(or(given.heartbeatTimeout(), 720)));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** Adds early release: the terminating hook, right but for what {@code difference} says, and its side of the stack. */
    void releaseEarly(PutLifecycleHookRequest.Builder difference, Map<String, String> parameters) {
        var given = difference.build();
        putHook(
                TERMINATE_HOOK,
                difference
                        .lifecycleTransition(or(given.lifecycleTransition(), "autoscaling:EC2_INSTANCE_TERMINATING"))
                        .defaultResult(or(given.defaultResult(), "CONTINUE"))
                        .heartbeatTimeout(or(given.heartbeatTimeout(), 300)));
        var withHook = new LinkedHashMap<>(Map.of("TerminateHookNames", TERMINATE_HOOK));
        withHook.putAll(parameters);
        deploy(withHook);
    }

    void releaseEarly() {
        releaseEarly(PutLifecycleHookRequest.builder(), Map.of());
    }

    String allocate(Map<String, String> tags) {
        var address = ec2.allocateAddress(request -> request.domain("vpc"));
        if (!tags.isEmpty()) {
            ec2.createTags(request -> request.resources(address.allocationId())
                    .tags(tags.entrySet().stream()
                            .map(tag -> tag(tag.getKey(), tag.getValue()))
                            .toList()));
        }
        return address.allocationId();
    }

    /** Gives an address one more tag, or another value of one. */
    void tag(String allocationId, String key, String value) {
        ec2.createTags(request -> request.resources(allocationId).tags(tag(key, value)));
    }

    void release(int count) {
        for (var i = 0; i < count; i++) {
            var allocationId = addresses.remove(0);
            ec2.releaseAddress(request -> request.allocationId(allocationId));
        }
    }

    /** Deploys the stack, in place of the one before, with these parameters. moto does not split a list's default. */
    void deploy(Map<String, String> differences) {
        var parameters = new LinkedHashMap<>(Map.of("HookNames", HOOK));
        parameters.putAll(differences);
        cloudFormation.deleteStack(request -> request.stackName(STACK));
        cloudFormation.createStack(request -> request.stackName(STACK)
                .templateBody(template())
                .parameters(parameters.entrySet().stream()
                        .map(parameter -> Parameter.builder()
                                .parameterKey(parameter.getKey())
                                .parameterValue(parameter.getValue())
                                .build())
                        .toList()));
    }

    /** The physical ID of something of the stack. */
    String resource(String logicalId) {
        return cloudFormation.describeStackResources(request -> request.stackName(STACK)).stackResources().stream()
                .filter(resource -> logicalId.equals(resource.logicalResourceId()))
                .findFirst()
                .orElseThrow()
                .physicalResourceId();
    }

    /**
     * The shipped template's parameters, conditions and rules, with functions, roles and state machines of the same names
     * around them: moto does not transform SAM's types.
     */
    private static String template() {
        try {
            var shipped = CloudFormationYaml.parse(
                    Files.readString(ProjectFiles.find().template()));
            var resources = new LinkedHashMap<String, Object>();
            for (var function : FUNCTIONS) {
                resources.put(function + "Role", role());
                resources.put(function, function(function));
            }
            for (var role : List.of("LaunchRule", "StartOnce", "EipOnLaunch", "Reconcile")) {
                resources.put(role + "Role", role());
            }
            for (var role : List.of("TerminateRule", "EipOnTerminate")) {
                resources.put(role + "Role", withEarlyRelease(role()));
            }
            resources.put("StartOnce", stateMachine());
            resources.put("EipOnLaunch", stateMachine());
            resources.put("LaunchRule", rule(shipped, "LaunchRule", "StartOnce"));
            resources.put("DisassociateEipRole", withEarlyRelease(role()));
            resources.put("DisassociateEip", withEarlyRelease(function("DisassociateEip")));
            resources.put("EipOnTerminate", withEarlyRelease(stateMachine()));
            resources.put("TerminateRule", withEarlyRelease(rule(shipped, "TerminateRule", "EipOnTerminate")));
            resources.put("FindInstancesWithoutEipRole", role());
            resources.put("FindInstancesWithoutEip", function("FindInstancesWithoutEip"));
            resources.put("Reconcile", stateMachine());
            resources.put("ReconcileScheduleRole", roleOf("scheduler.amazonaws.com"));
            return new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "Parameters", shipped.get("Parameters"),
                            "Conditions", shipped.get("Conditions"),
                            "Resources", resources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> withEarlyRelease(Map<String, Object> resource) {
        var conditional = new LinkedHashMap<>(resource);
        conditional.put("Condition", "EarlyRelease");
        return conditional;
    }

    private static Map<String, Object> rule(Map<?, ?> template, String name, String workflow) {
        var shipped = (Map<?, ?>) ((Map<?, ?>) template.get("Resources")).get(name);
        var pattern = ((Map<?, ?>) shipped.get("Properties")).get("EventPattern");
        var target = Map.of("Id", workflow, "Arn", Map.of("Ref", workflow));
        return resource("AWS::Events::Rule", Map.of("EventPattern", pattern, "Targets", List.of(target)));
    }

    private static Map<String, Object> roleOf(String service) {
        var statement = Map.of("Effect", "Allow", "Principal", Map.of("Service", service), "Action", "sts:AssumeRole");
        return resource(
                "AWS::IAM::Role",
                Map.of("AssumeRolePolicyDocument", Map.of("Version", "2012-10-17", "Statement", List.of(statement))));
    }

    private static Map<String, Object> role() {
        return resource("AWS::IAM::Role", Map.of("AssumeRolePolicyDocument", Map.of("Statement", List.of())));
    }

    private static Map<String, Object> function(String name) {
        return resource(
                "AWS::Lambda::Function",
                Map.of(
                        "Handler",
                        "index.handler",
                        "Runtime",
                        "python3.13",
                        "Timeout",
                        10,
                        "Code",
                        Map.of("ZipFile", "pass"),
                        "Role",
                        Map.of("Fn::GetAtt", List.of(name + "Role", "Arn"))));
    }

    private static Map<String, Object> stateMachine() {
        return resource(
                "AWS::StepFunctions::StateMachine",
                Map.of(
                        "DefinitionString",
                        "{\"StartAt\": \"End\", \"States\": {\"End\": {\"Type\": \"Succeed\"}}}",
                        "RoleArn",
                        Map.of("Fn::GetAtt", List.of("FindFreeEipRole", "Arn"))));
    }

    private static Map<String, Object> resource(String type, Map<String, Object> properties) {
        return Map.of("Type", type, "Properties", properties);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
