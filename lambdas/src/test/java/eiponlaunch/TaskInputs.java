package eiponlaunch;

import eiponlaunch.findfreeeip.FindFreeEipInput;
import eiponlaunch.json.TaskJson;
import eiponlaunch.model.EipPools;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Inputs of tasks as Step Functions sends them: JSON that has only what the definition names. */
public final class TaskInputs {
    private static final TaskJson JSON = new TaskJson();

    private TaskInputs() {}

    /** @param more fields beside those that every definition names */
    public static FindFreeEipInput findFreeEip(Object event, EipPools pools, Map<String, ?> more) {
        var fields = new LinkedHashMap<String, Object>(more);
        fields.put("event", event);
        fields.put("pools", pools);
        fields.putIfAbsent("deadlineSeconds", 600);
        var json = new ByteArrayOutputStream();
        JSON.toJson(fields, json, Map.class);
        return JSON.fromJson(json.toString(StandardCharsets.UTF_8), FindFreeEipInput.class);
    }
}
