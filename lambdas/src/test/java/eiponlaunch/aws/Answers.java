package eiponlaunch.aws;

import eiponlaunch.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** Answers of AWS, built after the SDK's own models, so that no field is forgotten. */
final class Answers {
    /** A variant of an answer. */
    record Without(String field, SdkPojo answer) {}

    private Answers() {}

    /**
     * An answer in which every field that the model knows has a value.
     *
     * @param values the values of fields by their names in the SDK's models, wherever they occur
     * @param absent the names of fields that stay empty
     */
    static SdkPojo full(SdkPojo builder, Map<String, ?> values, Set<String> absent) {
        for (var field : builder.sdkFields()) {
            if (!absent.contains(field.memberName())) {
                var value = values.get(field.memberName());
                field.set(builder, value != null ? value : value(field, values, absent));
            }
        }
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static Object value(SdkField<?> field, Map<String, ?> values, Set<String> absent) {
        var type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            var member = field.getTrait(ListTrait.class).memberFieldInfo();
            return List.of(value(member, values, absent));
        }
        if (type == MarshallingType.SDK_POJO) {
            return full(field.constructor().get(), values, absent);
        }
        return values(type).get();
    }

    private static Supplier<Object> values(MarshallingType<?> type) {
        return Map.<MarshallingType<?>, Supplier<Object>>of(
                        MarshallingType.STRING, () -> "text",
                        MarshallingType.INTEGER, () -> 0,
                        MarshallingType.LONG, () -> 0L,
                        MarshallingType.DOUBLE, () -> 0.0,
                        MarshallingType.BOOLEAN, () -> true,
                        MarshallingType.INSTANT, () -> Events.TIME)
                .getOrDefault(type, () -> {
                    throw new IllegalArgumentException("no value for " + type);
                });
    }

    /** The answer with one field less, or one list empty, for each that it has, however deep. */
    static List<Without> eachFieldMissing(SdkPojo answer) {
        var variants = new ArrayList<Without>();
        for (var field : answer.sdkFields()) {
            var value = field.getValueOrDefault(answer);
            if (value == null) {
                continue;
            }
            variants.add(new Without(field.memberName(), with(answer, field, null)));
            if (value instanceof SdkPojo nested) {
                eachFieldMissing(nested)
                        .forEach(variant -> variants.add(new Without(
                                field.memberName() + "." + variant.field(), with(answer, field, variant.answer()))));
            } else if (value instanceof List<?> list && !list.isEmpty()) {
                variants.add(new Without(field.memberName() + "[]", with(answer, field, List.of())));
                if (list.get(0) instanceof SdkPojo first) {
                    eachFieldMissing(first).forEach(variant -> {
                        var changed = new ArrayList<Object>(list);
                        changed.set(0, variant.answer());
                        variants.add(new Without(
                                field.memberName() + "[0]." + variant.field(), with(answer, field, changed)));
                    });
                }
            }
        }
        return variants;
    }

    private static SdkPojo with(SdkPojo answer, SdkField<?> field, Object value) {
        var builder = ((ToCopyableBuilder<?, ?>) answer).toBuilder();
        field.set(builder, value);
        return (SdkPojo) builder.build();
    }
}
