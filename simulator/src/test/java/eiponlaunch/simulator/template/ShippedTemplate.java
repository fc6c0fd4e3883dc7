package eiponlaunch.simulator.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The shipped template with all its optional parts. */
final class ShippedTemplate {
    private ShippedTemplate() {}

    /** With early release, unless the parameters say otherwise. */
    static SamTemplate complete(Map<String, String> parameters) {
        var all = new HashMap<>(
                Map.of("TerminateHookNames", "disassociate-eip", "ReconcileGroups", "forward-proxy,mail-gateway"));
        all.putAll(parameters);
        return read(all);
    }

    static SamTemplate read(Map<String, String> parameters) {
        try {
            return SamTemplate.read(ProjectFiles.find().template(), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
