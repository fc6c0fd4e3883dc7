package asl.execution;

import asl.time.VirtualTime;
import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The functions of one execution's expressions that JSONata lacks or would take from the machine: those that Step
 * Functions adds, those that tell the time, which is virtual here, or draw a random number, which is seeded, and those in
 * which the library differs from JSONata's reference.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata in Step Functions</a>
 */
final class Builtins {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> DIGESTS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final int LONGEST_RANGE = 100_000;

    private static final Map<String, JFunction> OF_ANY_EXECUTION = new HashMap<>();

    static {
        for (var name : List.of("contains", "count", "join", "string", "substring")) {
            OF_ANY_EXECUTION.put(name, function(arguments -> Reference.call(name, arguments.values())));
        }
        OF_ANY_EXECUTION.put("toMillis", function(Builtins::toMillis));
        OF_ANY_EXECUTION.put(
                "parse",
                function(arguments -> JsonataValues.in(JSON.readValue(arguments.as(String.class, 0), Object.class))));
        OF_ANY_EXECUTION.put("partition", function(Builtins::partition));
        OF_ANY_EXECUTION.put("range", function(Builtins::range));
        OF_ANY_EXECUTION.put("hash", function(Builtins::hash));
        OF_ANY_EXECUTION.put("exists", ofAnything("exists", "<x:b>", Functions::exists));
        OF_ANY_EXECUTION.put("not", ofAnything("not", "<x-:b>", Functions::not));
        OF_ANY_EXECUTION.put("type", ofAnything("type", "<x:s>", Functions::type));
    }

    private final VirtualTime time;
    private final Random random;

    Builtins(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    /** Null when the name is none of these. */
    JFunction find(String name) {
        return switch (name) {
            case "millis" -> function(arguments -> time.now().toEpochMilli());
            case "now" ->
                function(arguments ->
                        Functions.dateTimeFromMillis(time.now().toEpochMilli(), arguments.text(0), arguments.text(1)));
            case "random" -> function(this::random);
            case "uuid" -> function(arguments -> uuid(random));
            default -> OF_ANY_EXECUTION.get(name);
        };
    }

    private static JFunction function(Function function) {
        return new JFunction((input, args) -> function.apply(new Arguments(args)), null);
    }

    /**
     * A function as the library has it, of one argument. Most expressions call one, and the library checks all arguments by a
     * regular expression and calls by reflection.
     */
    private static JFunction ofAnything(String name, String signature, UnaryOperator<Object> function) {
        return new JFunction(name, signature, Functions.class, null, name) {
            @Override
            public Object validate(Object args, Object context) {
                return args instanceof List<?> list && list.size() == 1 ? args : super.validate(args, context);
            }

            @Override
            @SuppressWarnings("rawtypes") // as the library has it
            public Object call(Object input, List args) {
                return function.apply(args.get(0));
            }
        };
    }

    @FunctionalInterface
    private interface Function {
        Object apply(Arguments arguments) throws JsonProcessingException, NoSuchAlgorithmException;
    }

    /** The arguments of a call. A missing one is null, like "nothing" in JSONata. */
    private record Arguments(List<?> values) {
        Object at(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        String text(int index) {
            return at(index) == null ? null : as(String.class, index);
        }

        /** Like JSONata's own functions, those of Step Functions return nothing if an argument is missing. */
        boolean fewerThan(int count) {
            return IntStream.range(0, count).anyMatch(index -> at(index) == null);
        }

        <T> T as(Class<T> type, int index) {
            if (type.isInstance(at(index))) {
                return type.cast(at(index));
            }
            throw new IllegalArgumentException("Argument " + (index + 1) + " must be a " + type.getSimpleName() + ".");
        }
    }

    private static Object toMillis(Arguments arguments) {
        if (arguments.at(1) != null) {
            throw new IllegalArgumentException("$toMillis with a picture is not supported."); // may read the real date
        }
        return arguments.at(0) == null ? null : Reference.toMillis(arguments.as(String.class, 0));
    }

    private Object random(Arguments arguments) {
        var ownSeed = arguments.at(0) != null;
        return ownSeed ? new Random(arguments.as(Number.class, 0).longValue()).nextDouble() : random.nextDouble();
    }

    static String uuid(Random random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L; // version 4
        long low = random.nextLong() & ~0xC000_0000_0000_0000L | 0x8000_0000_0000_0000L; // variant 2
        return new UUID(high, low).toString();
    }

    private static Object partition(Arguments arguments) {
        if (arguments.fewerThan(2)) {
            return null;
        }
        List<?> array = arguments.as(List.class, 0);
        var size = arguments.as(Number.class, 1).intValue();
        if (size <= 0 || array.isEmpty()) {
            return null;
        }
        var chunks = new ArrayList<Object>();
        for (var i = 0; i < array.size(); i += size) {
            chunks.add(new ArrayList<>(array.subList(i, Math.min(i + size, array.size()))));
        }
        return chunks;
    }

    private static Object range(Arguments arguments) {
        if (arguments.fewerThan(3)) {
            return null;
        }
        long first = arguments.as(Number.class, 0).longValue();
        long last = arguments.as(Number.class, 1).longValue();
        long step = arguments.as(Number.class, 2).longValue();
        if (step == 0 || (last - first) / step < 0) {
            return null;
        }
        long length = (last - first) / step + 1;
        if (length > LONGEST_RANGE) {
            throw new IllegalArgumentException("The range has " + length + " numbers.");
        }
        var numbers = new ArrayList<Object>();
        for (var i = 0; i < length; i++) {
            numbers.add(first + i * step);
        }
        return numbers.size() == 1 ? numbers.get(0) : numbers;
    }

    private static Object hash(Arguments arguments) throws NoSuchAlgorithmException {
        if (arguments.fewerThan(2)) {
            return null;
        }
        var algorithm = arguments.as(String.class, 1);
        if (!DIGESTS.contains(algorithm)) {
            throw new IllegalArgumentException("There is no algorithm " + algorithm + ".");
        }
        byte[] text = arguments.as(String.class, 0).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text));
    }
}
