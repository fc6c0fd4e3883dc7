package asl.definition;

import java.util.Set;

/**
 * The functions that expressions have in Step Functions.
 *
 * @see <a href="https://docs.jsonata.org/string-functions">JSONata's function library</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-step-functions">
 *     Functions provided by Step Functions</a>
 */
final class Functions {
    private static final Set<String> NAMES = Set.of(
            // of texts
            "string",
            "length",
            "substring",
            "substringBefore",
            "substringAfter",
            "uppercase",
            "lowercase",
            "trim",
            "pad",
            "contains",
            "split",
            "join",
            "match",
            "replace",
            "base64encode",
            "base64decode",
            "encodeUrlComponent",
            "encodeUrl",
            "decodeUrlComponent",
            "decodeUrl",
            // of numbers
            "number",
            "abs",
            "floor",
            "ceil",
            "round",
            "power",
            "sqrt",
            "random",
            "formatNumber",
            "formatBase",
            "formatInteger",
            "parseInteger",
            "sum",
            "max",
            "min",
            "average",
            // of booleans
            "boolean",
            "not",
            "exists",
            // of arrays and objects
            "count",
            "append",
            "sort",
            "reverse",
            "distinct",
            "zip",
            "keys",
            "lookup",
            "spread",
            "merge",
            "sift",
            "each",
            "error",
            "assert",
            "type",
            // of time
            "now",
            "millis",
            "fromMillis",
            "toMillis",
            // of higher order
            "map",
            "filter",
            "single",
            "reduce",
            // of Step Functions
            "partition",
            "range",
            "hash",
            "uuid",
            "parse");

    private Functions() {}

    static boolean exist(String name) {
        return NAMES.contains(name);
    }
}
