package eiponlaunch.simulator.run;

import eiponlaunch.simulator.template.SamTemplate;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stacks of one run, each with its pool: one for each group, or one for all. */
final class Stacks {
    private final SimulationSettings settings;
    private final List<HookEvent> events;
    private final Mixture mixture;
    private final Account account;
    private final Map<String, Account> byGroup = new LinkedHashMap<>();

    /**
     * @param account with the first group's stack in it
     * @param parameters of the first group's stack; the others' differ in the value of their pool's tag
     */
    Stacks(
            SimulationSettings settings,
            List<HookEvent> events,
            Mixture mixture,
            Account account,
            Map<String, String> parameters) {
        this.settings = settings;
        this.events = events;
        this.mixture = mixture;
        this.account = account;
        var stacks = settings.sharedPool() ? 1 : settings.groups();
        for (var group = 0; group < stacks; group++) {
            byGroup.put(groupName(group), group == 0 ? account : account.with(stackOf(group, parameters)));
        }
    }

    private String groupName(int group) {
        return events.get(0).group(group);
    }

    private SamTemplate stackOf(int group, Map<String, String> parameters) {
        var ofThisStack = new HashMap<>(parameters);
        ofThisStack.put("EipTagValue", account.template().parameter("EipTagValue") + "-" + group);
        return account.template().with(ofThisStack);
    }

    /** What answers the events: one strategy, or one for each stack behind one. */
    Strategy deploy(Strategy.Deployer deployer) throws IOException {
        var strategies = new LinkedHashMap<String, Strategy>();
        for (var stack : byGroup.entrySet()) {
            strategies.put(stack.getKey(), deployer.deploy(stack.getValue(), settings));
        }
        return strategies.size() == 1 ? strategies.values().iterator().next() : new GroupedStrategy(strategies);
    }

    /** Allocates the addresses of all pools. */
    void fillPools() {
        var launches = byGroup.size() == 1
                ? Map.of(groupName(0), events)
                : events.stream().collect(Collectors.groupingBy(event -> event.group(0)));
        var number = 0;
        for (var stack : byGroup.entrySet()) {
            stack.getValue().fillPool(number, settings.pool(), settings.zones());
            if (number == 0) {
                fillChosenPools();
            }
            mixture.fill(stack.getValue(), launches.getOrDefault(stack.getKey(), List.of()));
            number++;
        }
    }

    /** The pools of their own that hooks choose are as large as the stack's. */
    private void fillChosenPools() {
        if (!settings.poolsOfHooks() || settings.mixed()) {
            return; // mixed launches have their own
        }
        var chosen = new LinkedHashSet<Map<String, String>>();
        events.forEach(event -> Needs.tags(event.detail("NotificationMetadata", ""), account.template())
                .filter(tags -> !tags.equals(Needs.ofTheStack(account.template())))
                .ifPresent(chosen::add));
        var number = settings.groups() * settings.pool();
        for (var tags : chosen) {
            for (var address = 0; address < settings.pool(); address++) {
                number++;
                account.world().allocate(Account.allocationId(number), Account.publicIp(number), tags);
            }
        }
    }
}
