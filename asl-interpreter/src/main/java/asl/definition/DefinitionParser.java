package asl.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;

/** Reads the top of a definition and hands each state to its parser. */
final class DefinitionParser {
    private static final String OWNER = "definition";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // the second of two states of one name would win
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DefinitionParser() {}

    static Definition parse(String json) {
        var reader = new ObjectReader(OWNER, "", read(json));
        var comment = reader.text("Comment").orElse("");
        var startAt = reader.requiredText("StartAt");
        if (!reader.requiredText("QueryLanguage").equals("JSONata")) {
            throw reader.refuse("QueryLanguage", "must be JSONata");
        }
        reader.text("Version").filter(version -> !version.equals("1.0")).ifPresent(version -> {
            throw reader.refuse("Version", "must be 1.0");
        });
        var timeout =
                reader.integer("TimeoutSeconds", 1, ObjectReader.MAX_SECONDS).map(Duration::ofSeconds);
        var states = StateParser.states(reader);
        reader.finish();
        return new Definition(comment, startAt, states, timeout);
    }

    private static Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new DefinitionException("definition: is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
