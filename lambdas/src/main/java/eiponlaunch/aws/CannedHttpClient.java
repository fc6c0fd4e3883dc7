package eiponlaunch.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers a call with the file of its name in {@code rehearsal/}; opens no connection. */
final class CannedHttpClient implements SdkHttpClient {
    /** The form that both EC2 and Auto Scaling get. */
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder()
                                .statusCode(200)
                                .putHeader("Content-Type", "text/xml")
                                .build())
                        .responseBody(AbortableInputStream.create(answer(form(request))))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    private static String form(HttpExecuteRequest request) throws IOException {
        try (var body = request.contentStreamProvider().orElseThrow().newStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    /** @param form the call, as its request carries it */
    static InputStream answer(String form) throws IOException {
        var action = ACTION.matcher(form);
        if (!action.find()) {
            throw new IOException("no Action in " + form);
        }
        var file = CannedHttpClient.class.getResourceAsStream("/rehearsal/" + action.group(1) + ".xml");
        if (file == null) {
            throw new IOException("no rehearsal of " + action.group(1));
        }
        return file;
    }
}
