package eiponlaunch.simulator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One HTML file with everything in it: styles, scripts, the charting library and the data. It asks the network for
 * nothing, so it can be kept beside a build or sent to somebody as it is.
 */
public final class ReportPage {
    /** Their licences go into the page with them. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private static final String DAGRE = "/META-INF/resources/webjars/dagre/0.8.4/";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z.]+)}}");

    private final List<Recording> recordings;

    /** @param recordings the runs that the page shows, the one under test first */
    public ReportPage(List<Recording> recordings) {
        this.recordings = List.copyOf(recordings);
    }

    public void write(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            write(out);
        }
    }

    private void write(Writer out) throws IOException {
        var page = resource("/report/page.html");
        var placeholders = PLACEHOLDER.matcher(page);
        var written = 0;
        while (placeholders.find()) {
            out.append(page, written, placeholders.start());
            written = placeholders.end();
            fill(placeholders.group(1), out);
        }
        out.append(page, written, page.length());
    }

    private void fill(String placeholder, Writer out) throws IOException {
        switch (placeholder) {
            case "data" -> writeData(out);
            case "uPlot.licence" -> out.write(resource(UPLOT + "LICENSE"));
            case "uPlot.css" -> out.write(resource(UPLOT + "dist/uPlot.min.css"));
            case "uPlot.js" -> out.write(resource(UPLOT + "dist/uPlot.iife.min.js"));
            case "dagre.licence" -> out.write(resource(DAGRE + "LICENSE"));
            case "dagre.js" -> out.write(resource(DAGRE + "dist/dagre.min.js"));
            default -> out.write(resource("/report/" + placeholder));
        }
    }

    private void writeData(Writer out) throws IOException {
        var mapper = new ObjectMapper();
        mapper.getFactory().setCharacterEscapes(new ScriptEscapes());
        mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        mapper.writeValue(out, PageData.of(recordings));
    }

    private static String resource(String name) throws IOException {
        try (var in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the simulator was built without its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
