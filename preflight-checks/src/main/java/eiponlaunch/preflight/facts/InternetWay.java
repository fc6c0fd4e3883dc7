package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where a subnet's routes send traffic for the internet. Ranges outside the internet, such as 10.0.0.0/8, may lead anywhere.
 *
 * @param kind whether an Elastic IP is of use there
 * @param detail what the routes lead to, or for which destinations; empty when all is well
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html">Example routing options</a>
 */
public record InternetWay(Kind kind, String detail) {
    /** Whether an Elastic IP is of use there. */
    public enum Kind {
        /** All of the internet is behind an internet gateway. */
        INTERNET_GATEWAY,
        /** It is behind an appliance, whose own routes nobody can follow from here. */
        APPLIANCE,
        /** Some destinations are behind an internet gateway. An Elastic IP cannot reach the others. */
        SOME_DESTINATIONS,
        /** No route leads to an internet gateway. */
        NONE
    }

    /**
     * A route that is in force.
     *
     * @param destination an IPv4 range, or a prefix list's ID
     * @param target what it leads to, by ID, such as {@code igw-…}
     */
    public record Route(String destination, String target) {
        private boolean isOfGateway() {
            return target.startsWith("igw-");
        }

        /** A Gateway Load Balancer's or a firewall's endpoint, or an instance that forwards. */
        private boolean isOfAppliance() {
            return target.startsWith("vpce-") || target.startsWith("eni-") || target.startsWith("i-");
        }

        private boolean isRange() {
            return destination.contains("/");
        }
    }

    /** The result of all routes together. */
    public static InternetWay of(List<Route> routes) {
        if (coverTheInternet(routes, Route::isOfGateway)) {
            return new InternetWay(Kind.INTERNET_GATEWAY, "");
        }
        if (coverTheInternet(routes, route -> route.isOfGateway() || route.isOfAppliance())) {
            return new InternetWay(Kind.APPLIANCE, some(routes, Route::isOfAppliance, Route::target));
        }
        return routes.stream().anyMatch(Route::isOfGateway)
                ? new InternetWay(Kind.SOME_DESTINATIONS, some(routes, Route::isOfGateway, Route::destination))
                : new InternetWay(
                        Kind.NONE, some(routes, route -> route.destination().equals("0.0.0.0/0"), Route::target));
    }

    private static boolean coverTheInternet(List<Route> routes, Predicate<Route> which) {
        return Ipv4Range.coverTheInternet(routes.stream()
                .filter(which)
                .filter(Route::isRange)
                .map(route -> Ipv4Range.of(route.destination()))
                .toList());
    }

    private static String some(List<Route> routes, Predicate<Route> which, Function<Route, String> what) {
        return String.join(
                " ", routes.stream().filter(which).map(what).distinct().sorted().toList());
    }
}
